package io.patchbay.api.swap;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where requests wait while a part is being replaced. Bounded in number and in time. Woken whenever a
 * part comes back, and every {@value #SWEEP_MILLIS} ms to find those whose time is over or who wait in vain.
 */
public final class Parking {
    /** Short enough that nobody notices; there is no sweep while nobody is parked. */
    private static final long SWEEP_MILLIS = 50;

    private final int limit;
    private final Duration patience;
    private final ScheduledExecutorService scheduler;
    private final List<Parked> parked = new ArrayList<>();
    private @Nullable Future<?> nextSweep;

    /**
     * An empty car park.
     *
     * @param limit how many may wait at once
     * @param patience how long each may wait
     */
    public Parking(int limit, Duration patience, ScheduledExecutorService scheduler) {
        this.limit = limit;
        this.patience = patience;
        this.scheduler = scheduler;
    }

    private record Parked(
            Supplier<Optional<Runnable>> tryAgain, BooleanSupplier inVain, Runnable giveUp, long deadlineNanos) {}

    /**
     * Parks a request.
     *
     * @param tryAgain takes what was missing, if it is there, and returns how the request goes on. All who wait are asked
     *     before the first goes on: that may take a while in a part that is new, which may be replaced again meanwhile
     * @param inVain whether there is nothing more to wait for
     * @param giveUp runs if the time is over, if it is in vain, or at once if the car park is full
     */
    public void park(Supplier<Optional<Runnable>> tryAgain, BooleanSupplier inVain, Runnable giveUp) {
        synchronized (this) {
            if (parked.size() < limit && !scheduler.isShutdown()) {
                parked.add(new Parked(tryAgain, inVain, giveUp, System.nanoTime() + patience.toNanos()));
                sweepLater();
                return;
            }
        }
        giveUp.run();
    }

    /** Something came back: those who waited for it go on, on another thread. */
    public void wake() {
        scheduler.execute(this::sweep);
    }

    private synchronized void sweepLater() {
        if (nextSweep == null) {
            nextSweep = scheduler.schedule(this::scheduledSweep, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void scheduledSweep() {
        synchronized (this) {
            nextSweep = null;
        }
        sweep();
    }

    private void sweep() {
        var goOn = new ArrayList<Runnable>();
        for (var waiting : takeAll()) {
            var next = waiting.tryAgain().get();
            if (next.isPresent()) {
                goOn.add(next.get());
            } else if (waiting.inVain().getAsBoolean() || System.nanoTime() - waiting.deadlineNanos() > 0) {
                goOn.add(waiting.giveUp());
            } else {
                keep(waiting);
            }
        }
        goOn.forEach(Runnable::run);
    }

    private synchronized void keep(Parked waiting) {
        parked.add(waiting);
        sweepLater();
    }

    private synchronized List<Parked> takeAll() {
        var all = List.copyOf(parked);
        parked.clear();
        return all;
    }
}
