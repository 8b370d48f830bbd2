package io.patchbay.strategy.latency;

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
 * Orders by the median time to the first token of the last five minutes, or, where there was no streamed answer, of the
 * last half hour. See {@link Measured} for endpoints of which nothing is known.
 */
@Component(property = RoutingStrategy.NAME + "=latency")
public final class LatencyStrategy implements RoutingStrategy {
    @Override
    public List<Candidate> order(List<Endpoint> endpoints, RoutingContext context) {
        return Measured.order(
                endpoints,
                context,
                endpoint -> seconds(endpoint, context),
                seconds -> "first token after " + Figure.of(seconds, 2) + " s");
    }

    private static OptionalDouble seconds(Endpoint endpoint, RoutingContext context) {
        return Measured.lately(endpoint, context, Window::latency)
                .map(measured -> OptionalDouble.of(measured.p50()))
                .orElseGet(OptionalDouble::empty);
    }
}
