package io.patchbay.gateway;

import io.patchbay.api.catalog.Endpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;

/** An attempt in its run. For any thread. */
final class Turn {
    private final RunningAttempt attempt;
    private final Endpoint endpoint;
    private final int number;
    private final long startNanos;
    private final List<Future<?>> timers = new ArrayList<>(2);

    /**
     * An attempt that begins now.
     *
     * @param number from 1
     */
    Turn(RunningAttempt attempt, Endpoint endpoint, int number, long startNanos) {
        this.attempt = attempt;
        this.endpoint = endpoint;
        this.number = number;
        this.startNanos = startNanos;
    }

    RunningAttempt attempt() {
        return attempt;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    int number() {
        return number;
    }

    Duration since(long nanos) {
        return Duration.ofNanos(nanos - startNanos);
    }

    /** Something happens unless it says something before. */
    synchronized void await(Future<?> timer) {
        timers.add(timer);
    }

    /** It is not waited for any longer. */
    synchronized void stopWaiting() {
        timers.forEach(timer -> timer.cancel(false));
        timers.clear();
    }
}
