package io.patchbay.plugin.schema;

import java.time.Duration;

/**
 * How long one answer may be looked at. Few words can make a schema that takes for ever: two branches that lead to two branches
 * each, thirty times. Steps are counted, so that what is refused is the same on every machine; the time is limited too, for steps
 * that take longer than they should. For one thread.
 */
final class Budget {
    /** Some tenths of a second. */
    static final long MOST_STEPS = 500_000;

    private static final Duration LONGEST = Duration.ofSeconds(5);
    /** Keywords within keywords: each takes some frames of the stack. */
    private static final int DEEPEST = 400;

    private long steps;
    private int depth;
    private long end;

    /** Thrown when there is nothing left. */
    static final class Exhausted extends RuntimeException {
        private static final long serialVersionUID = 1;

        Exhausted() {
            super("the schema takes too long to check", null, false, false);
        }
    }

    /** Another answer. */
    void begin() {
        steps = 0;
        depth = 0;
        end = System.nanoTime() + LONGEST.toNanos();
    }

    void spend(long cost) {
        steps += cost;
        if (steps > MOST_STEPS || System.nanoTime() - end > 0) {
            throw new Exhausted();
        }
    }

    void enter() {
        spend(1);
        if (++depth > DEEPEST) {
            throw new Exhausted();
        }
    }

    void leave() {
        depth--;
    }
}
