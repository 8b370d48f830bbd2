package io.patchbay.adapter.sandbox;

/**
 * How fast an answer comes.
 *
 * @param firstMillis before it begins
 * @param tokenMillis before each token
 */
record Pace(long firstMillis, long tokenMillis) {
    Pace {
        firstMillis = Math.max(0, firstMillis);
        tokenMillis = Math.max(0, tokenMillis);
    }

    Pace asConfigured() {
        return this;
    }

    Pace atOnce() {
        return new Pace(0, 0);
    }

    Pace beginningAfter(long millis) {
        return new Pace(millis, tokenMillis);
    }

    Pace perToken(long millis) {
        return new Pace(firstMillis, millis);
    }

    /** How long it takes until so many tokens have come. */
    long millisUntil(int tokens) {
        return firstMillis + tokens * tokenMillis;
    }
}
