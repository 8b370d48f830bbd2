package io.patchbay.gateway;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What a run waits for while nobody is asked: without a thread, for a limited time, and no longer than its client does. One
 * thing at a time; for any thread.
 */
final class Waiting {
    private final ScheduledExecutorService timer;
    private final Duration patience;
    private volatile @Nullable CompletableFuture<?> work;
    private volatile boolean isStopped;

    Waiting(ScheduledExecutorService timer, Duration patience) {
        this.timer = timer;
        this.patience = patience;
    }

    /**
     * Waits for work that has begun.
     *
     * @param then is run in any case, with what came of it or why nothing did; must not fail
     */
    <T> void await(CompletableFuture<T> begun, BiConsumer<@Nullable T, @Nullable Throwable> then) {
        work = begun;
        if (isStopped) {
            begun.cancel(false);
        }
        var limit = timer.schedule(
                () -> begun.completeExceptionally(RunFailures.TOO_SLOW.toException()),
                patience.toMillis(),
                TimeUnit.MILLISECONDS);
        var unused = begun.whenComplete((result, failure) -> {
            limit.cancel(false);
            work = null;
            then.accept(result, failure);
        });
    }

    /** Nobody waits any longer, now or later. */
    void stop() {
        isStopped = true;
        var underWay = work;
        if (underWay != null) {
            underWay.cancel(false);
        }
    }
}
