package io.patchbay.health;

import java.time.Duration;

/**
 * When to eject an endpoint and for how long.
 *
 * @param consecutiveFailures so many in a row eject
 * @param base ejection time, multiplied by the number of ejections in a row
 * @param longest ejection time
 */
record EjectionPolicy(int consecutiveFailures, Duration base, Duration longest) {
    /** The time for the nth ejection in a row, n from 1. */
    Duration time(int n) {
        var grown = base.multipliedBy(n);
        return grown.compareTo(longest) > 0 ? longest : grown;
    }
}
