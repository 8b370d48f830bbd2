package io.patchbay.adapter.sandbox;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.util.PriorityQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A scheduler whose time passes only when a test says so. */
final class VirtualTimer extends ScheduledThreadPoolExecutor {
    private final PriorityQueue<Alarm<?>> alarms = new PriorityQueue<>();
    private long nowMillis;

    VirtualTimer() {
        super(1);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> command, long delay, TimeUnit unit) {
        if (isShutdown()) {
            throw new RejectedExecutionException("shut down");
        }
        var alarm = new Alarm<V>(command, nowMillis + unit.toMillis(delay));
        alarms.add(alarm);
        return alarm;
    }

    long nowMillis() {
        return nowMillis;
    }

    /** How many alarms are set. */
    int waiting() {
        alarms.removeIf(FutureTask::isCancelled);
        return alarms.size();
    }

    /** Lets time pass until the next alarm. */
    void runNext() {
        var next = alarms.remove();
        nowMillis = next.atMillis;
        next.run();
    }

    private final class Alarm<V> extends FutureTask<V> implements ScheduledFuture<V> {
        private final long atMillis;

        Alarm(Callable<V> command, long atMillis) {
            super(command);
            this.atMillis = atMillis;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(atMillis - nowMillis, MILLISECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(MILLISECONDS), other.getDelay(MILLISECONDS));
        }
    }
}
