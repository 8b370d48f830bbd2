package io.patchbay.health;

import java.time.Instant;

/** Counts the attempts of the last half minute, in steps of five seconds. Guarded by its owner. */
final class Recent {
    private static final long STEP_SECONDS = 5;
    private static final int STEPS = 6;

    private final int[] attempts = new int[STEPS];
    private final int[] failures = new int[STEPS];
    private long step;

    void add(Instant now, boolean failed) {
        moveTo(Math.floorDiv(now.getEpochSecond(), STEP_SECONDS));
        int place = place(step);
        attempts[place]++;
        failures[place] += failed ? 1 : 0;
    }

    private void moveTo(long now) {
        if (now - step >= STEPS) {
            clear();
        } else {
            for (long passed = step + 1; passed <= now; passed++) {
                clear(place(passed));
            }
        }
        step = Math.max(step, now);
    }

    private static int place(long step) {
        return Math.floorMod(step, STEPS);
    }

    private void clear(int place) {
        attempts[place] = 0;
        failures[place] = 0;
    }

    void clear() {
        for (int place = 0; place < STEPS; place++) {
            clear(place);
        }
    }

    int attempts() {
        return sum(attempts);
    }

    int failures() {
        return sum(failures);
    }

    private static int sum(int[] counts) {
        int sum = 0;
        for (int count : counts) {
            sum += count;
        }
        return sum;
    }
}
