package io.patchbay.strategy.throughput;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.health.Window;
import io.patchbay.api.routing.Candidate;
import io.patchbay.api.routing.Figure;
import io.patchbay.api.routing.Measured;
import io.patchbay.api.routing.RoutingContext;
import io.patchbay.api.routing.RoutingStrategy;
import java.util.List;
import java.util.OptionalDouble;
import org.osgi.service.component.annotations.Component;

/**
 * Orders by the median of tokens per second, waiting for the first one included, of the last five minutes, or, where
 * there was no answer, of the last half hour. See {@link Measured} for endpoints of which nothing is known.
 */
@Component(property = RoutingStrategy.NAME + "=throughput")
public final class ThroughputStrategy implements RoutingStrategy {
    @Override
    public List<Candidate> order(List<Endpoint> endpoints, RoutingContext context) {
        return Measured.order(
                endpoints,
                context,
                endpoint -> secondsPerToken(endpoint, context),
                seconds -> Figure.of(1 / seconds, 0) + " tokens per second");
    }

    private static OptionalDouble secondsPerToken(Endpoint endpoint, RoutingContext context) {
        return Measured.lately(endpoint, context, Window::throughput)
                .map(measured -> OptionalDouble.of(1 / measured.p50()))
                .orElseGet(OptionalDouble::empty);
    }
}
