package io.patchbay.api.health;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * How an endpoint is.
 *
 * @param condition whether it may be asked
 * @param reason why not, one short phrase; empty if it may
 * @param returnsIn how long until it may be tried again; zero if it may now
 * @param limit how many attempts it seems to bear at once, 1 or more; empty while it has refused none
 * @param failuresInARow its latest failures, since it last answered or was ejected
 * @param successes answers given so far
 * @param failures failures so far
 */
public record EndpointHealth(
        Condition condition,
        String reason,
        Duration returnsIn,
        OptionalInt limit,
        int failuresInARow,
        long successes,
        long failures) {
    /** Nothing is known, so nothing speaks against it. */
    public static final EndpointHealth UNKNOWN =
            new EndpointHealth(Condition.WELL, "", Duration.ZERO, OptionalInt.empty(), 0, 0, 0);

    /** Whether an endpoint may be asked. */
    public enum Condition {
        /** Nothing is against it. */
        WELL,
        /** It was ejected, and may show with one request at a time whether it answers again. */
        ON_PROBATION,
        /** It keeps failing: others are asked first. */
        EJECTED,
        /** Its provider has said how long to leave it alone ({@code Retry-After}): it is not asked until then. */
        PARKED
    }

    /** Whether it is to be passed over for now. */
    public boolean isOut() {
        return condition == Condition.EJECTED || condition == Condition.PARKED;
    }
}
