package io.patchbay.gateway;

import io.patchbay.api.routing.Load;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the attempts under way, by endpoint, and those of them that ask more of providers than clients did. */
final class InFlight implements Load {
    private final AttemptBudget retryBudget;
    private final AttemptBudget hedgeBudget;
    private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();
    private final AtomicInteger all = new AtomicInteger();
    /** Attempts at endpoints that are known to be failing, after another attempt has failed. */
    private final AtomicInteger retries = new AtomicInteger();
    /** Attempts beside one that is slow to begin. */
    private final AtomicInteger hedges = new AtomicInteger();

    InFlight(AttemptBudget retryBudget, AttemptBudget hedgeBudget) {
        this.retryBudget = retryBudget;
        this.hedgeBudget = hedgeBudget;
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
        return tryCount(retries, retryBudget).map(atTheEnd -> {
            var begun = begin(endpointId);
            return new Begun(begun.isBesideOthers(), () -> {
                begun.atTheEnd().run();
                atTheEnd.run();
            });
        });
    }

    /** An attempt is to begin beside a slow one; returns what to run at its end, or empty if there are too many. */
    Optional<Runnable> tryHedge() {
        return tryCount(hedges, hedgeBudget);
    }

    private Optional<Runnable> tryCount(AtomicInteger such, AttemptBudget budget) {
        if (!budget.allows(such.incrementAndGet(), all.get())) {
            such.decrementAndGet();
            return Optional.empty();
        }
        return Optional.of(such::decrementAndGet);
    }

    @Override
    public int inFlight(String endpointId) {
        var count = counts.get(endpointId);
        return count == null ? 0 : count.get();
    }
}
