package io.patchbay.api.routing;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.health.Percentiles;
import io.patchbay.api.health.Span;
import io.patchbay.api.health.Window;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import java.util.function.Function;

/**
 * Helps strategies that order by something measured, of which less is better. An endpoint that nobody has measured lately
 * counts as good as the best, so that it is tried and measured; while that try is under way it comes last, so that one
 * request finds out, and not all of them. One that has lately failed more often than it answered comes last. Ties are
 * broken by chance.
 */
public final class Measured {
    private static final String UNMEASURED = "not measured lately";
    private static final String FAILING = "failing lately";

    /** So that a score is finite. */
    private static final double LEAST = 1e-9;

    private Measured() {}

    /** What was measured in the last five minutes, or in the last half hour if there was nothing; empty if nothing was. */
    public static Optional<Percentiles> lately(
            Endpoint endpoint, RoutingContext context, Function<Window, Optional<Percentiles>> measure) {
        return measure.apply(context.window(endpoint, Span.FIVE_MINUTES))
                .or(() -> measure.apply(context.window(endpoint, Span.HALF_HOUR)));
    }

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
            DoubleFunction<String> words) {
        var known = new ArrayList<Ranked>(endpoints.size());
        double best = Double.POSITIVE_INFINITY;
        for (var endpoint : endpoints) {
            var measured = measure.apply(endpoint);
            best = Math.min(best, measured.orElse(best));
            known.add(new Ranked(
                    endpoint,
                    measured,
                    isFailing(endpoint, context),
                    context.die().nextDouble()));
        }
        double optimistic = best;
        known.sort(Comparator.comparingDouble((Ranked one) -> one.rank(optimistic, context))
                .thenComparingDouble(Ranked::chance));
        return known.stream().map(one -> one.candidate(words)).toList();
    }

    private static boolean isFailing(Endpoint endpoint, RoutingContext context) {
        var lately = context.window(endpoint, Span.FIVE_MINUTES);
        return lately.failures() > lately.successes();
    }

    private record Ranked(Endpoint endpoint, OptionalDouble measure, boolean isFailing, double chance) {
        double rank(double optimistic, RoutingContext context) {
            if (isFailing) {
                return Double.POSITIVE_INFINITY;
            }
            if (measure.isPresent()) {
                return measure.getAsDouble();
            }
            return context.inFlight(endpoint) == 0 ? optimistic : Double.POSITIVE_INFINITY;
        }

        Candidate candidate(DoubleFunction<String> words) {
            if (isFailing) {
                return new Candidate(endpoint, 0, FAILING);
            }
            return measure.isPresent()
                    ? new Candidate(
                            endpoint, 1 / Math.max(measure.getAsDouble(), LEAST), words.apply(measure.getAsDouble()))
                    : new Candidate(endpoint, 0, UNMEASURED);
        }
    }
}
