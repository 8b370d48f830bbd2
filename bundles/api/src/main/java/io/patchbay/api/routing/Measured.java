package io.patchbay.api.routing;

import io.patchbay.api.catalog.Endpoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * Helps strategies that order by something measured, of which less is better. An endpoint that nobody has measured lately
 * counts as good as the best, so that it is tried and measured; while that try is under way it comes last, so that one
 * request finds out, and not all of them. Ties are broken by chance.
 */
public final class Measured {
    private static final String UNMEASURED = "not measured lately";

    private Measured() {}

    /**
     * Orders endpoints.
     *
     * @param measure what is known of an endpoint; empty if nothing is
     * @param words how a measure reads in a reason
     */
    public static List<Candidate> order(
            List<Endpoint> endpoints,
            RoutingContext context,
            Function<Endpoint, OptionalDouble> measure,
            Function<Double, String> words) {
        var known = new ArrayList<Ranked>(endpoints.size());
        double best = Double.POSITIVE_INFINITY;
        for (var endpoint : endpoints) {
            var measured = measure.apply(endpoint);
            best = Math.min(best, measured.orElse(best));
            known.add(new Ranked(endpoint, measured, context.die().nextDouble()));
        }
        double optimistic = best;
        known.sort(Comparator.comparingDouble((Ranked one) -> one.rank(optimistic, context))
                .thenComparingDouble(Ranked::chance));
        return known.stream().map(one -> one.candidate(words)).toList();
    }

    private record Ranked(Endpoint endpoint, OptionalDouble measure, double chance) {
        double rank(double optimistic, RoutingContext context) {
            if (measure.isPresent()) {
                return measure.getAsDouble();
            }
            return context.inFlight(endpoint) == 0 ? optimistic : Double.POSITIVE_INFINITY;
        }

        Candidate candidate(Function<Double, String> words) {
            return measure.isPresent()
                    ? new Candidate(
                            endpoint, 1 / Math.max(measure.getAsDouble(), 1e-9), words.apply(measure.getAsDouble()))
                    : new Candidate(endpoint, 0, UNMEASURED);
        }
    }
}
