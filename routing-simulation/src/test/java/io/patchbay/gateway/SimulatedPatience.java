package io.patchbay.gateway;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.health.Health;
import java.time.Duration;
import java.util.Optional;

/** How long the gateway that is shipped waits for a first token while another endpoint could be asked. */
public final class SimulatedPatience {
    private SimulatedPatience() {}

    /** The time for an endpoint; empty if there is no telling. */
    public static Optional<Duration> with(Endpoint endpoint, Health health) {
        return Patience.DEFAULT.with(Patience.lately(endpoint, health));
    }
}
