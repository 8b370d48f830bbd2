package io.patchbay.catalog;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A timer whose time passes only when a test says so. */
final class ManualTimer implements Timer, InstantSource {
    private static final Instant START = Instant.parse("2026-11-27T12:00:00Z");

    private final List<Task> tasks = new ArrayList<>();
    private Duration now = Duration.ZERO;

    @Override
    public Instant instant() {
        return START.plus(now);
    }

    @Override
    public Runnable in(Duration delay, Runnable action) {
        var task = new Task(now.plus(delay), action);
        tasks.add(task);
        return () -> tasks.remove(task);
    }

    /** Lets time pass and does what falls due, in order. */
    void advance(Duration time) {
        var end = now.plus(time);
        while (true) {
            var next =
                    tasks.stream().filter(task -> task.due.compareTo(end) <= 0).min(Comparator.comparing(t -> t.due));
            if (next.isEmpty()) {
                now = end;
                return;
            }
            now = next.get().due;
            tasks.remove(next.get());
            next.get().action.run();
        }
    }

    private static final class Task {
        private final Duration due;
        private final Runnable action;

        private Task(Duration due, Runnable action) {
            this.due = due;
            this.action = action;
        }
    }
}
