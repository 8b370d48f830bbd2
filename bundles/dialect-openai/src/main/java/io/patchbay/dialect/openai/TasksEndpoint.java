package io.patchbay.dialect.openai;

import io.patchbay.api.dialect.Callers;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.generation.Gateway;
import io.patchbay.api.http.ErrorAnswer;
import io.patchbay.api.http.HttpEndpoint;
import io.patchbay.api.http.HttpRequest;
import io.patchbay.api.http.HttpResponse;
import io.patchbay.api.idempotency.Idempotency;
import io.patchbay.api.tasks.Task;
import io.patchbay.api.tasks.TaskRequest;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code POST /rerank}, {@code /images}, {@code /audio/speech}, {@code /audio/transcriptions}. */
@Component(
        service = HttpEndpoint.class,
        property = {
            HttpEndpoint.ROUTES + "=POST /api/v1/rerank",
            HttpEndpoint.ROUTES + "=POST /v1/rerank",
            HttpEndpoint.ROUTES + "=POST /api/v1/images",
            HttpEndpoint.ROUTES + "=POST /v1/images",
            HttpEndpoint.ROUTES + "=POST /api/v1/images/generations",
            HttpEndpoint.ROUTES + "=POST /v1/images/generations",
            HttpEndpoint.ROUTES + "=POST /api/v1/audio/speech",
            HttpEndpoint.ROUTES + "=POST /v1/audio/speech",
            HttpEndpoint.ROUTES + "=POST /api/v1/audio/transcriptions",
            HttpEndpoint.ROUTES + "=POST /v1/audio/transcriptions"
        })
public final class TasksEndpoint implements HttpEndpoint {
    private final Gateway gateway;
    private final Idempotency idempotency;

    @Activate
    public TasksEndpoint(@Reference Gateway gateway, @Reference Idempotency idempotency) {
        this.gateway = gateway;
        this.idempotency = idempotency;
    }

    @Override
    public void handle(HttpRequest http, HttpResponse response) {
        TaskRequest request;
        try {
            request = TaskRequestReader.read(task(http.path()), http);
        } catch (FailureException invalid) {
            new ErrorAnswer(invalid.failure()).sendTo(response);
            return;
        }
        idempotency.answer(
                http,
                response,
                failure -> new ErrorAnswer(failure, request.models()).sendTo(response),
                (once, id) -> answer(request, http, once, id));
    }

    private static Task task(String path) {
        if (path.endsWith("/rerank")) {
            return Task.RERANK;
        }
        if (path.endsWith("/speech")) {
            return Task.SPEECH;
        }
        return path.endsWith("/transcriptions") ? Task.TRANSCRIPTION : Task.IMAGE;
    }

    private void answer(TaskRequest request, HttpRequest http, HttpResponse response, Optional<String> id) {
        var answer = new TaskAnswerWriter(response, request, Callers.wantsMetadata(http));
        var task = gateway.perform(Callers.of(http, id), request, answer);
        response.onClientGone(task::cancel);
    }
}
