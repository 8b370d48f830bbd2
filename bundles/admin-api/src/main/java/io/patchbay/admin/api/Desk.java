package io.patchbay.admin.api;

import io.patchbay.api.access.Access;
import io.patchbay.api.catalog.Secret;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.http.Clerks;
import io.patchbay.api.http.HttpRequest;
import io.patchbay.api.http.HttpResponse;
import java.nio.charset.StandardCharsets;
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

    private final Access access;
    private final Clerks clerks;

    @Activate
    public Desk(@Reference Access access) {
        this.access = access;
        clerks = new Clerks(
                "patchbay-admin-api",
                CLERKS,
                (request, defect) ->
                        log.error("{} {} (request {}) failed", request.method(), request.path(), request.id(), defect));
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
        clerks.serve(request, response, () -> {
            var answer = operation.get();
            response.send(answer.status(), answer.headers(), answer.body().getBytes(StandardCharsets.UTF_8));
        });
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
        clerks.close();
    }
}
