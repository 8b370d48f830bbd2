package io.patchbay.gateway;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.health.EndpointHealth.Condition;
import io.patchbay.api.health.Health;
import io.patchbay.api.routing.Route;
import java.util.Optional;

/** Goes along a route as the gateway does. */
public final class SimulatedWalk {
    private static final int MAX_ATTEMPTS = 3;

    private final Health health;
    private final Ahead ahead;
    private int attempts;

    /** At the beginning. */
    public SimulatedWalk(Route route, Health health) {
        this.health = health;
        this.ahead = new Ahead(route.candidates());
    }

    /** Who is asked next, if anybody is. */
    public Optional<Endpoint> next() {
        while (attempts < MAX_ATTEMPTS) {
            var next = attempts == 0
                    ? ahead.next()
                    : ahead.next(endpoint -> health.of(endpoint.id()).failuresInARow() > 0);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            var endpoint = next.get().endpoint();
            if (health.of(endpoint.id()).condition() != Condition.PARKED) {
                attempts++;
                return Optional.of(endpoint);
            }
        }
        return Optional.empty();
    }

    /** Whether nobody is asked after this one. */
    public boolean isLast() {
        return attempts == MAX_ATTEMPTS || ahead.isEmpty();
    }
}
