package io.patchbay.router;

import io.patchbay.api.health.Health;
import io.patchbay.api.routing.Route;
import io.patchbay.api.routing.RoutingRequest;
import io.patchbay.api.routing.RoutingStrategy;
import java.util.random.RandomGenerator;

/** The router that is shipped, with a die of the test's and one strategy, which can be taken away for a while. */
public final class SimulatedRouter {
    private static final String NAME = "simulated";

    private final RoutePlanner router;
    private final RoutingStrategy strategy;

    /** One with its strategy. */
    public SimulatedRouter(Health health, RoutingStrategy strategy, RandomGenerator die) {
        this.router = new RoutePlanner(health, EjectionLimits.DEFAULT, NAME, () -> die);
        this.strategy = strategy;
        install();
    }

    /** The strategy comes. */
    public void install() {
        router.installed().add(NAME, strategy, () -> false);
    }

    /** The strategy goes. */
    public void remove() {
        router.installed().remove(strategy);
    }

    /** Plans. */
    public Route plan(RoutingRequest request) {
        return router.plan(request);
    }
}
