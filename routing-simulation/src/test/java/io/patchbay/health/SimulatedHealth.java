package io.patchbay.health;

import io.patchbay.api.health.Health;
import java.time.InstantSource;

/** The health that is shipped, with the settings that are shipped, on another clock. */
public final class SimulatedHealth {
    private SimulatedHealth() {}

    /** Remembers by that clock. */
    public static Health on(InstantSource clock) {
        return new HealthMemory(EjectionPolicy.DEFAULT, clock);
    }
}
