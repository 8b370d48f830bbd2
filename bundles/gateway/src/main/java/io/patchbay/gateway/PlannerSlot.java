package io.patchbay.gateway;

import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Holds the planner while there is one. Taking it away waits for those who are asking it something, which takes
 * microseconds; so nobody ever asks a planner that has been deactivated.
 */
final class PlannerSlot {
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private @Nullable Planner planner;

    /** Asks the planner; empty if there is none at the moment. */
    <T> Optional<T> ask(Function<Planner, T> question) {
        lock.readLock().lock();
        try {
            return planner == null ? Optional.empty() : Optional.of(question.apply(planner));
        } finally {
            lock.readLock().unlock();
        }
    }

    void put(Planner next) {
        replace(null, next);
    }

    /** Empties the slot, unless another planner is in it already. */
    void take(Planner leaving) {
        replace(leaving, null);
    }

    private void replace(@Nullable Planner expected, @Nullable Planner next) {
        lock.writeLock().lock();
        try {
            if (expected == null || expected == planner) {
                planner = next;
            }
        } finally {
            lock.writeLock().unlock();
        }
    }
}
