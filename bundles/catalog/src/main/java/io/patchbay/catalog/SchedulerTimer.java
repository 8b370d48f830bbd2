package io.patchbay.catalog;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A timer with a thread of its own. */
final class SchedulerTimer implements Timer, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SchedulerTimer.class);

    private final ScheduledThreadPoolExecutor executor;

    SchedulerTimer(String threadName) {
        executor = new ScheduledThreadPoolExecutor(1, task -> {
            var thread = new Thread(task, threadName);
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        // After the end nothing is to be done any more, and whoever asks for it need not hear of it.
        executor.setRejectedExecutionHandler((task, closed) -> {});
    }

    @Override
    public Runnable in(Duration delay, Runnable task) {
        var future = executor.schedule(() -> run(task), delay.toMillis(), TimeUnit.MILLISECONDS);
        return () -> future.cancel(false);
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            log.error("A task of the catalog failed", e);
        }
    }

    @Override
    public void close() {
        executor.shutdown();
    }
}
