package io.patchbay.api.swap;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts who uses a service, so that it is not deactivated under them. The counter's sign bit says that the service is
 * leaving: nobody new gets a lease, and whoever gives back the last one opens the latch. For any thread.
 */
public final class Leases {
    private static final int LEAVING = Integer.MIN_VALUE;

    private final AtomicInteger count = new AtomicInteger();
    private final CountDownLatch drained = new CountDownLatch(1);

    /** Leases of a service that has just come. */
    public Leases() {}

    /** Takes a lease; false if the service is leaving. */
    public boolean acquire() {
        while (true) {
            int now = count.get();
            if (now < 0) {
                return false;
            }
            if (count.compareAndSet(now, now + 1)) {
                return true;
            }
        }
    }

    /** Gives a lease back: once for each that was taken. */
    public void release() {
        if (count.decrementAndGet() == LEAVING) {
            drained.countDown();
        }
    }

    /**
     * Gives no more leases and waits for those that are out.
     *
     * @return whether all are back; false if the time was over first
     */
    public boolean drain(Duration patience) {
        if (count.getAndUpdate(now -> now | LEAVING) == 0) {
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
