package io.patchbay.gateway;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.chat.ModelRequest;
import io.patchbay.api.chat.Usage;
import io.patchbay.api.routing.Choice;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What the gateway that is shipped remembers of conversations, on another clock. */
public final class SimulatedCaches {
    private static final String ACCOUNT = "simulated";

    private final WarmCaches caches;

    /** One that remembers nothing yet. */
    public SimulatedCaches(InstantSource clock) {
        this.caches = new WarmCaches(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()));
    }

    /** The endpoints that hold it, by id. */
    public Set<String> holding(ModelRequest request, List<Choice> choices) {
        return caches.holding(ACCOUNT, request, choices);
    }

    /** An endpoint has answered. */
    public void answered(ModelRequest request, Endpoint endpoint, Usage usage) {
        caches.answered(ACCOUNT, request, endpoint, usage);
    }
}
