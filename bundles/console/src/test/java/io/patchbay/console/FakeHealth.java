package io.patchbay.console;

import io.patchbay.api.health.EndpointHealth;
import io.patchbay.api.health.Health;
import io.patchbay.api.health.Outcome;
import java.util.Map;

/** Knows what it was told. */
record FakeHealth(Map<String, EndpointHealth> states) implements Health {
    @Override
    public void record(Outcome outcome) {
        throw new UnsupportedOperationException("the console only looks");
    }

    @Override
    public EndpointHealth of(String endpointId) {
        return states.getOrDefault(endpointId, EndpointHealth.UNKNOWN);
    }
}
