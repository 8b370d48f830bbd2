package io.patchbay.gateway;

import io.patchbay.api.routing.Load;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the attempts under way, by endpoint. */
final class InFlight implements Load {
    private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();

    /**
     * An attempt begins.
     *
     * @return to be run once, when it has ended
     */
    Runnable begin(String endpointId) {
        var count = counts.computeIfAbsent(endpointId, id -> new AtomicInteger());
        count.incrementAndGet();
        return count::decrementAndGet;
    }

    @Override
    public int inFlight(String endpointId) {
        var count = counts.get(endpointId);
        return count == null ? 0 : count.get();
    }
}
