package io.patchbay.console;

import io.patchbay.api.health.EndpointHealth;
import io.patchbay.api.health.Health;
import io.patchbay.api.health.Outcome;
import io.patchbay.api.health.Span;
import io.patchbay.api.health.Window;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;

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

    @Override
    public Window window(String endpointId, Span span) {
        return Window.EMPTY;
    }

    @Override
    public void refused(String endpointId, String feature) {}

    @Override
    public Health another(InstantSource clock) {
        return this;
    }

    @Override
    public Set<String> refused(String endpointId) {
        return Set.of();
    }
}
