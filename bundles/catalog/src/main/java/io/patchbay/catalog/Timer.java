package io.patchbay.catalog;

import java.time.Duration;

/** Does things later. */
@FunctionalInterface
interface Timer {
    /**
     * Does something once the time has passed, by another thread.
     *
     * @return calls it off; does nothing if it has been done already
     */
    Runnable in(Duration delay, Runnable task);
}
