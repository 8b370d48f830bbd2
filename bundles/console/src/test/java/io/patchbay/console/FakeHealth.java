package io.patchbay.console;

import io.patchbay.api.health.EndpointHealth;
import io.patchbay.api.health.Outcome;
import io.patchbay.testkit.QuietHealth;
import java.util.Map;

/** Knows what it was told. */
final class FakeHealth extends QuietHealth {
    private final Map<String, EndpointHealth> states;

    FakeHealth(Map<String, EndpointHealth> states) {
        this.states = states;
    }

    @Override
    public void record(Outcome outcome) {
        throw new UnsupportedOperationException("the console only looks");
    }

    @Override
    public EndpointHealth of(String endpointId) {
        return states.getOrDefault(endpointId, EndpointHealth.UNKNOWN);
    }
}
