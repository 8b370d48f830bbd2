package io.patchbay.gateway;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * One installed adapter and its leases. The counter's sign bit says that the adapter is leaving: no new lease is given,
 * and whoever gives back the last one opens the latch.
 */
final class Registration {
    private static final int LEAVING = Integer.MIN_VALUE;

    private final String name;
    private final Upstream upstream;
    private final Rank rank;
    private final BooleanSupplier uninstalled;
    private final AtomicInteger leases = new AtomicInteger();
    private final CountDownLatch drained = new CountDownLatch(1);

    /**
     * @param name by which providers choose the adapter
     * @param uninstalled whether the bundle it came from is gone for good
     */
    Registration(String name, Upstream upstream, Rank rank, BooleanSupplier uninstalled) {
        this.name = name;
        this.upstream = upstream;
        this.rank = rank;
        this.uninstalled = uninstalled;
    }

    String name() {
        return name;
    }

    Upstream upstream() {
        return upstream;
    }

    Rank rank() {
        return rank;
    }

    boolean isUninstalled() {
        return uninstalled.getAsBoolean();
    }

    Optional<Lease> lease() {
        while (true) {
            int count = leases.get();
            if (count < 0) {
                return Optional.empty();
            }
            if (leases.compareAndSet(count, count + 1)) {
                return Optional.of(new Lease(this));
            }
        }
    }

    void release() {
        if (leases.decrementAndGet() == LEAVING) {
            drained.countDown();
        }
    }

    /** Gives no more leases and waits for those that are out; false if some are still out when the time is over. */
    boolean drain(Duration patience) {
        if (leases.getAndUpdate(count -> count | LEAVING) == 0) {
            return true;
        }
        try {
            return drained.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
