package io.patchbay.admin.api;

import io.patchbay.api.access.Access;
import io.patchbay.api.catalog.Secret;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.http.ErrorAnswer;
import io.patchbay.api.http.HttpRequest;
import io.patchbay.api.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where all requests to the management API are received: finds out who asks, answers on threads of its own, because
 * operations block, and turns failures into errors.
 */
@Component(service = Desk.class)
public final class Desk {
    private static final Logger log = LoggerFactory.getLogger(Desk.class);
    /** Answers are short or wait for a database: more would wait there. */
    private static final int CLERKS = 4;

    private static final int QUEUE = 200;
    private static final long KEEP_SECONDS = 30;

    private final Access access;
    private final ThreadPoolExecutor clerks;

    @Activate
    public Desk(@Reference Access access) {
        this.access = access;
        clerks = new ThreadPoolExecutor(
                CLERKS, CLERKS, KEEP_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE), task -> {
                    var thread = new Thread(task, "patchbay-admin-api");
                    thread.setDaemon(true);
                    return thread;
                });
        clerks.allowCoreThreadTimeOut(true);
    }

    /** What is done for whoever asks. */
    interface Operation {
        /**
         * Does it. May block.
         *
         * @throws FailureException what to tell instead
         */
        Answer perform(Asker asker);
    }

    /** Answers a request, now or later. Does not block. */
    void serve(HttpRequest request, HttpResponse response, Operation operation) {
        later(request, response, () -> operation.perform(asker(request)));
    }

    /** The same for whoever asks, key or not. */
    void serveAnybody(HttpRequest request, HttpResponse response, Supplier<Answer> operation) {
        later(request, response, operation);
    }

    private void later(HttpRequest request, HttpResponse response, Supplier<Answer> operation) {
        try {
            clerks.execute(() -> answer(request, response, operation));
        } catch (RejectedExecutionException full) {
            var busy = Failure.builder(FailureKind.UNAVAILABLE, "Too many requests at once. Try again in a moment.")
                    .retryAfter(Duration.ofSeconds(1))
                    .build();
            new ErrorAnswer(busy).sendTo(response);
        }
    }

    private void answer(HttpRequest request, HttpResponse response, Supplier<Answer> operation) {
        try {
            var answer = operation.get();
            response.send(answer.status(), answer.headers(), answer.body().getBytes(StandardCharsets.UTF_8));
        } catch (FailureException refused) {
            new ErrorAnswer(refused.failure()).sendTo(response);
        } catch (RuntimeException defect) {
            log.error("{} {} (request {}) failed", request.method(), request.path(), request.id(), defect);
            new ErrorAnswer(Failure.of(FailureKind.INTERNAL, "Something went wrong on our side.")).sendTo(response);
        }
    }

    private Asker asker(HttpRequest request) {
        var token = request.bearerToken()
                .orElseThrow(() -> Failure.of(
                                FailureKind.UNAUTHENTICATED, "No API key. Send it as 'Authorization: Bearer <key>'.")
                        .toException());
        return new Asker(access.authenticate(Secret.of(token), request.remoteAddress()));
    }

    @Deactivate
    void deactivate() {
        clerks.shutdown();
    }
}
