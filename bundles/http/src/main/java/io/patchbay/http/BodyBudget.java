package io.patchbay.http;

import java.util.concurrent.atomic.AtomicLong;

/** The memory that all requests' bodies together may take. */
final class BodyBudget {
    private final long bytes;
    private final AtomicLong taken = new AtomicLong();

    BodyBudget(long bytes) {
        this.bytes = bytes;
    }

    boolean reserve(long wanted) {
        if (taken.addAndGet(wanted) <= bytes) {
            return true;
        }
        taken.addAndGet(-wanted);
        return false;
    }

    void release(long reserved) {
        taken.addAndGet(-reserved);
    }
}
