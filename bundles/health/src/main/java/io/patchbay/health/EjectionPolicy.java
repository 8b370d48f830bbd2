package io.patchbay.health;

import java.time.Duration;

/**
 * When to eject an endpoint and for how long.
 *
 * @param consecutiveFailures so many in a row eject
 * @param failurePercent so many failures in a hundred attempts of half a minute eject as well; 100 for never
 * @param enough attempts of half a minute, below which their share of failures says nothing
 * @param base ejection time, multiplied by the number of ejections in a row
 * @param longest ejection time
 */
record EjectionPolicy(int consecutiveFailures, int failurePercent, int enough, Duration base, Duration longest) {
    /** What is shipped. */
    static final EjectionPolicy DEFAULT =
            new EjectionPolicy(5, 50, 20, Duration.ofSeconds(30), Duration.ofSeconds(300));

    /** The time for the nth ejection in a row, n from 1. */
    Duration time(int n) {
        var grown = base.multipliedBy(n);
        return grown.compareTo(longest) > 0 ? longest : grown;
    }

    /** Whether so many failures of so many attempts are too many. */
    boolean isTooMany(int failures, int attempts) {
        return attempts >= enough && 100L * failures > (long) failurePercent * attempts;
    }
}
