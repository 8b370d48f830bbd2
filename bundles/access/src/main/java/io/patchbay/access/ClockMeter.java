package io.patchbay.access;

import io.github.bucket4j.TimeMeter;
import java.time.InstantSource;

/**
 * A clock for buckets.
 *
 * @param clock in whose time they are filled
 */
record ClockMeter(InstantSource clock) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
        return clock.millis() * 1_000_000;
    }

    @Override
    public boolean isWallClockBased() {
        return true;
    }
}
