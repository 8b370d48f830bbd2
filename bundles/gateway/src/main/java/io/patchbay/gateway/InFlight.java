package io.patchbay.gateway;

import io.patchbay.api.routing.Load;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the attempts under way, by endpoint, and those of them that are retries. */
final class InFlight implements Load {
    private final RetryBudget budget;
    private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();
    private final AtomicInteger all = new AtomicInteger();
    private final AtomicInteger retries = new AtomicInteger();

    InFlight(RetryBudget budget) {
        this.budget = budget;
    }

    /**
     * An attempt has begun.
     *
     * @param isBesideOthers whether its endpoint has other attempts under way
     * @param atTheEnd to be run once, when it has ended
     */
    record Begun(boolean isBesideOthers, Runnable atTheEnd) {}

    /** An attempt begins. */
    Begun begin(String endpointId) {
        var count = counts.computeIfAbsent(endpointId, id -> new AtomicInteger());
        all.incrementAndGet();
        return new Begun(count.getAndIncrement() > 0, () -> {
            count.decrementAndGet();
            all.decrementAndGet();
        });
    }

    /** An attempt begins that may make a bad time worse; empty if there are too many of those already. */
    Optional<Begun> tryBeginRetry(String endpointId) {
        if (!budget.allows(retries.incrementAndGet(), all.get())) {
            retries.decrementAndGet();
            return Optional.empty();
        }
        var begun = begin(endpointId);
        return Optional.of(new Begun(begun.isBesideOthers(), () -> {
            begun.atTheEnd().run();
            retries.decrementAndGet();
        }));
    }

    @Override
    public int inFlight(String endpointId) {
        var count = counts.get(endpointId);
        return count == null ? 0 : count.get();
    }
}
