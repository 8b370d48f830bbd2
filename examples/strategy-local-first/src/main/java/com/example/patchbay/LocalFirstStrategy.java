package com.example.patchbay;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.routing.Candidate;
import io.patchbay.api.routing.EffectivePrice;
import io.patchbay.api.routing.RoutingContext;
import io.patchbay.api.routing.RoutingStrategy;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** Asks what runs on this machine first, as it costs nothing but electricity, and everybody else by price. */
@Component(property = RoutingStrategy.NAME + "=local-first")
public final class LocalFirstStrategy implements RoutingStrategy {
    private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]");

    @Override
    public List<Candidate> order(List<Endpoint> endpoints, RoutingContext context) {
        return endpoints.stream()
                .sorted(Comparator.comparing((Endpoint endpoint) -> !isLocal(endpoint))
                        .thenComparingDouble(endpoint -> price(endpoint, context)))
                .map(endpoint -> new Candidate(
                        endpoint, isLocal(endpoint) ? 1 : 0, isLocal(endpoint) ? "on this machine" : "by price"))
                .toList();
    }

    /** A model in this process has no address at all. */
    private static boolean isLocal(Endpoint endpoint) {
        return endpoint.provider()
                .baseUrl()
                .map(url -> url.getHost() != null && HERE.contains(url.getHost()))
                .orElse(true);
    }

    private static double price(Endpoint endpoint, RoutingContext context) {
        return EffectivePrice.of(endpoint, context).orElse(Double.MAX_VALUE);
    }
}
