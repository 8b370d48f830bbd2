package io.patchbay.strategy.price;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.health.Span;
import io.patchbay.api.health.Window;
import io.patchbay.api.routing.RoutingContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Who is so much slower than the others that no price makes up for it, by what was measured in the last five minutes:
 * the first token takes three times as long as with the median of the others, and two seconds more; or there is not a
 * tenth of their tokens per second. One that was not measured is not slow. For one request.
 */
final class Slowness {
    private static final double TIMES = 3;
    private static final double SECONDS = 2;
    private static final double SHARE = 0.1;

    private final Map<Endpoint, Double> latencies;
    private final Map<Endpoint, Double> throughputs;

    private Slowness(Map<Endpoint, Double> latencies, Map<Endpoint, Double> throughputs) {
        this.latencies = latencies;
        this.throughputs = throughputs;
    }

    static Slowness among(List<Endpoint> endpoints, RoutingContext context) {
        return new Slowness(
                measured(endpoints, context, window -> window.latency().map(latency -> latency.p50())),
                measured(endpoints, context, window -> window.throughput().map(throughput -> throughput.p50())));
    }

    private static Map<Endpoint, Double> measured(
            List<Endpoint> endpoints, RoutingContext context, Function<Window, Optional<Double>> measure) {
        var measured = new HashMap<Endpoint, Double>();
        for (var endpoint : endpoints) {
            measure.apply(context.window(endpoint, Span.FIVE_MINUTES))
                    .ifPresent(value -> measured.put(endpoint, value));
        }
        return measured;
    }

    boolean isFarSlower(Endpoint endpoint) {
        var latency = latencies.get(endpoint);
        if (latency != null) {
            var usual = medianOfOthers(latencies, endpoint);
            if (usual.isPresent() && latency > TIMES * usual.get() && latency > usual.get() + SECONDS) {
                return true;
            }
        }
        var throughput = throughputs.get(endpoint);
        return throughput != null
                && medianOfOthers(throughputs, endpoint)
                        .filter(usual -> throughput < SHARE * usual)
                        .isPresent();
    }

    private static Optional<Double> medianOfOthers(Map<Endpoint, Double> measured, Endpoint endpoint) {
        var others = measured.entrySet().stream()
                .filter(one -> !one.getKey().equals(endpoint))
                .map(Map.Entry::getValue)
                .sorted()
                .toList();
        return others.isEmpty() ? Optional.empty() : Optional.of(others.get(others.size() / 2));
    }
}
