package io.patchbay.api.failure;

import java.time.Instant;
import java.util.Locale;

/**
 * A rate limit that is used up.
 *
 * @param unit what is counted
 * @param limit how many there may be in a window
 * @param remaining how many are left in it
 * @param reset when the next one begins
 */
public record RateWindow(Unit unit, long limit, long remaining, Instant reset) {
    /** What can be counted. */
    public enum Unit {
        /** Generations. */
        REQUESTS,
        /** Tokens of prompts and answers. */
        TOKENS;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
