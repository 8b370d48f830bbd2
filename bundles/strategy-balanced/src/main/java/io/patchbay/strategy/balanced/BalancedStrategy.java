package io.patchbay.strategy.balanced;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.health.Percentiles;
import io.patchbay.api.health.Span;
import io.patchbay.api.health.Window;
import io.patchbay.api.routing.Candidate;
import io.patchbay.api.routing.EffectivePrice;
import io.patchbay.api.routing.Figure;
import io.patchbay.api.routing.Measured;
import io.patchbay.api.routing.RoutingContext;
import io.patchbay.api.routing.RoutingStrategy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.osgi.service.component.annotations.Component;

/**
 * Weighs what an answer costs, how long it takes and how likely it comes:
 *
 * <pre>score = (cheapest / cost) · (fastest / time) · reliability⁴</pre>
 *
 * <p>{@code cost} is the {@link EffectivePrice} of the request, {@code time} what it would take: the median time to the
 * first token and the expected answer at the median throughput. {@code cheapest} and {@code fastest} are the best of the
 * endpoints at hand, so that twice the price weighs as much as twice the time. {@code reliability} is the share of
 * attempts of the last half hour that answered, with two answers added, so that little evidence says little; a share of
 * 84 % halves the score. What is not known of an endpoint counts as the median of the others'.
 *
 * <p>The first is drawn at random, weighted by the square of its score; the rest follow by score. So one that is half as
 * good still gets a fifth of the requests of two, and what was learnt of it stays fresh.
 */
@Component(property = RoutingStrategy.NAME + "=balanced")
public final class BalancedStrategy implements RoutingStrategy {
    /** Dollars below which prices count as equal, so that a free endpoint does not outweigh all speed. */
    private static final double LEAST_COST = 1e-6;

    private static final double GOOD_FAITH = 2;

    @Override
    public List<Candidate> order(List<Endpoint> endpoints, RoutingContext context) {
        var facts = new ArrayList<Facts>(endpoints.size());
        for (var endpoint : endpoints) {
            facts.add(Facts.of(endpoint, context));
        }
        var scored = scored(facts);
        scored.sort((one, other) -> Double.compare(other.score(), one.score()));
        int first = draw(scored, context.die().nextDouble());
        scored.add(0, scored.remove(first));
        return scored;
    }

    private static List<Candidate> scored(List<Facts> facts) {
        var costs = known(facts, Facts::cost);
        var times = known(facts, Facts::time);
        double usualCost = median(costs);
        double usualTime = median(times);
        double cheapest = costs.length == 0 ? usualCost : costs[0];
        double fastest = times.length == 0 ? usualTime : times[0];
        var scored = new ArrayList<Candidate>(facts.size());
        for (var one : facts) {
            double cost = Double.isNaN(one.cost()) ? usualCost : one.cost();
            double time = Double.isNaN(one.time()) ? usualTime : one.time();
            double squared = one.reliability() * one.reliability();
            double score = cheapest / cost * (fastest / time) * squared * squared;
            scored.add(new Candidate(one.endpoint(), score, reason(cost / cheapest, time / fastest, one)));
        }
        return scored;
    }

    private static String reason(double dearer, double slower, Facts one) {
        var text = new StringBuilder(72);
        Figure.append(dearer, 1, text).append(" times the lowest cost, ");
        Figure.append(slower, 1, text).append(" times the least time, ");
        return Figure.append(100 * one.reliability(), 0, text)
                .append(" % answered")
                .toString();
    }

    private static int draw(List<Candidate> scored, double chance) {
        double total = 0;
        for (var candidate : scored) {
            total += candidate.score() * candidate.score();
        }
        double left = chance * total;
        for (int i = 0; i < scored.size(); i++) {
            left -= scored.get(i).score() * scored.get(i).score();
            if (left < 0) {
                return i;
            }
        }
        return 0;
    }

    /** What is known, sorted. Arrays, and no streams: this is a large part of what planning takes. */
    private static double[] known(List<Facts> facts, ToDoubleFunction<Facts> of) {
        var known = new double[facts.size()];
        int count = 0;
        for (var one : facts) {
            double value = of.applyAsDouble(one);
            if (!Double.isNaN(value)) {
                known[count++] = value;
            }
        }
        var sorted = Arrays.copyOf(known, count);
        Arrays.sort(sorted);
        return sorted;
    }

    /** 1 if nothing is known, as then it makes no difference. */
    private static double median(double[] known) {
        return known.length == 0 ? 1 : known[known.length / 2];
    }

    /**
     * What is known of an endpoint.
     *
     * @param cost of the request, in dollars; NaN if unknown
     * @param time the answer would take, in seconds; NaN if unknown
     * @param reliability 0 to 1
     */
    private record Facts(Endpoint endpoint, double cost, double time, double reliability) {
        static Facts of(Endpoint endpoint, RoutingContext context) {
            var price = EffectivePrice.of(endpoint, context);
            var lately = context.window(endpoint, Span.HALF_HOUR);
            double reliability =
                    (lately.successes() + GOOD_FAITH) / (lately.successes() + lately.failures() + GOOD_FAITH);
            return new Facts(
                    endpoint,
                    price.isPresent() ? Math.max(LEAST_COST, price.getAsDouble()) : Double.NaN,
                    time(endpoint, context),
                    reliability);
        }

        private static double time(Endpoint endpoint, RoutingContext context) {
            var latency = Measured.lately(endpoint, context, Window::latency);
            var throughput = Measured.lately(endpoint, context, Window::throughput);
            if (throughput.isPresent()) {
                // Counted from the request on, so it holds the wait for the first token; a long one shows in both.
                return context.completionTokens() / throughput.get().p50()
                        + latency.map(Percentiles::p50).orElse(0.0);
            }
            return latency.map(Percentiles::p50).orElse(Double.NaN);
        }
    }
}
