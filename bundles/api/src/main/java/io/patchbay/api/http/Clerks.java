package io.patchbay.api.http;

import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Answers requests whose operations block on threads of its own, and turns failures into errors. For any thread. Closing it
 * ends nothing that is under way.
 */
public final class Clerks implements AutoCloseable {
    private static final int QUEUE = 200;
    private static final long KEEP_SECONDS = 30;

    private final ThreadPoolExecutor threads;
    private final BiConsumer<HttpRequest, RuntimeException> defects;

    /**
     * Begins without any.
     *
     * @param name of the threads
     * @param count how many there are at the most
     * @param defects is told of what nobody has foreseen, for the log
     */
    public Clerks(String name, int count, BiConsumer<HttpRequest, RuntimeException> defects) {
        this.defects = defects;
        threads = new ThreadPoolExecutor(
                count, count, KEEP_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE), task -> {
                    var thread = new Thread(task, name);
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Answers a request, now or later. Does not block.
     *
     * @param answer sends the answer, or throws a {@link FailureException}
     */
    public void serve(HttpRequest request, HttpResponse response, Runnable answer) {
        try {
            threads.execute(() -> run(request, response, answer));
        } catch (RejectedExecutionException full) {
            var busy = Failure.builder(FailureKind.UNAVAILABLE, "Too many requests at once. Try again in a moment.")
                    .retryAfter(Duration.ofSeconds(1))
                    .build();
            new ErrorAnswer(busy).sendTo(response);
        }
    }

    private void run(HttpRequest request, HttpResponse response, Runnable answer) {
        try {
            answer.run();
        } catch (FailureException refused) {
            new ErrorAnswer(refused.failure()).sendTo(response);
        } catch (RuntimeException defect) {
            defects.accept(request, defect);
            new ErrorAnswer(Failure.of(FailureKind.INTERNAL, "Something went wrong on our side.")).sendTo(response);
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
