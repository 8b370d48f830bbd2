package io.patchbay.strategy.exacto;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.health.Span;
import io.patchbay.api.health.Window;
import io.patchbay.api.routing.Candidate;
import io.patchbay.api.routing.Figure;
import io.patchbay.api.routing.Measured;
import io.patchbay.api.routing.RoutingContext;
import io.patchbay.api.routing.RoutingStrategy;
import java.util.Comparator;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/**
 * Orders by the share of attempts of the last half hour that ended in a sound answer: nothing broken off, nothing
 * malformed. Those whose shares are as good as the same are ordered by tokens per second. An endpoint of which little is
 * known is taken for a usual one, so that it is neither preferred nor left out.
 */
@Component(property = RoutingStrategy.NAME + "=exacto")
public final class ExactoStrategy implements RoutingStrategy {
    /** What is taken for usual, and how many attempts outweigh it. */
    private static final double USUAL = 0.98;

    private static final int WEIGHT = 20;
    /** Shares that differ by less are as good as the same. */
    private static final double STEP = 0.02;

    private record Judged(Endpoint endpoint, double share, double tokensPerSecond) {
        long grade() {
            return Math.round(share / STEP);
        }

        Candidate candidate() {
            return new Candidate(endpoint, share, Figure.of(100 * share, 1) + " % sound answers");
        }
    }

    @Override
    public List<Candidate> order(List<Endpoint> endpoints, RoutingContext context) {
        return endpoints.stream()
                .map(endpoint -> judge(endpoint, context))
                .sorted(Comparator.comparingLong(Judged::grade)
                        .thenComparingDouble(Judged::tokensPerSecond)
                        .reversed())
                .map(Judged::candidate)
                .toList();
    }

    private static Judged judge(Endpoint endpoint, RoutingContext context) {
        var lately = context.window(endpoint, Span.HALF_HOUR);
        double share = (lately.successes() + USUAL * WEIGHT) / (lately.successes() + lately.failures() + WEIGHT);
        double speed = Measured.lately(endpoint, context, Window::throughput)
                .map(measured -> measured.p50())
                .orElse(0.0);
        return new Judged(endpoint, share, speed);
    }
}
