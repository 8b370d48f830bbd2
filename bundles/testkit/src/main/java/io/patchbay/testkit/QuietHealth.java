package io.patchbay.testkit;

import io.patchbay.api.health.EndpointHealth;
import io.patchbay.api.health.Health;
import io.patchbay.api.health.Outcome;
import io.patchbay.api.health.Span;
import io.patchbay.api.health.Window;
import java.time.InstantSource;
import java.util.Set;

/** Knows of nothing and learns nothing. A test overrides what it is about. */
public class QuietHealth implements Health {
    @Override
    public void record(Outcome outcome) {}

    @Override
    public EndpointHealth of(String endpointId) {
        return EndpointHealth.UNKNOWN;
    }

    @Override
    public Window window(String endpointId, Span span) {
        return Window.EMPTY;
    }

    @Override
    public void refused(String endpointId, String feature) {}

    @Override
    public Set<String> refused(String endpointId) {
        return Set.of();
    }

    @Override
    public Health another(InstantSource clock) {
        return this;
    }
}
