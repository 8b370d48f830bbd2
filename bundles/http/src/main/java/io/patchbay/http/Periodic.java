package io.patchbay.http;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs something now and then, each time so long after the last one has ended. */
final class Periodic {
    private static final Logger log = LoggerFactory.getLogger(Periodic.class);

    private final Scheduler scheduler;
    private final long periodMillis;
    private final Runnable task;
    private volatile boolean stopped;

    Periodic(Scheduler scheduler, long periodMillis, Runnable task) {
        this.scheduler = scheduler;
        this.periodMillis = periodMillis;
        this.task = task;
    }

    void start() {
        scheduler.schedule(this::run, periodMillis, TimeUnit.MILLISECONDS);
    }

    void stop() {
        stopped = true;
    }

    private void run() {
        if (stopped) {
            return;
        }
        try {
            task.run();
        } finally {
            again();
        }
    }

    private void again() {
        try {
            start();
        } catch (RejectedExecutionException e) {
            log.debug("The timer has stopped", e);
        }
    }
}
