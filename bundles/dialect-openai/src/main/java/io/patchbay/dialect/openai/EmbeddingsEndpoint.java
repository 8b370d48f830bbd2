package io.patchbay.dialect.openai;

import io.patchbay.api.dialect.Callers;
import io.patchbay.api.embeddings.EmbeddingsRequest;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.generation.Caller;
import io.patchbay.api.generation.Gateway;
import io.patchbay.api.http.ErrorAnswer;
import io.patchbay.api.http.HttpEndpoint;
import io.patchbay.api.http.HttpRequest;
import io.patchbay.api.http.HttpResponse;
import io.patchbay.api.idempotency.Idempotency;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code POST /api/v1/embeddings} and {@code POST /v1/embeddings}. */
@Component(
        service = HttpEndpoint.class,
        property = {HttpEndpoint.ROUTES + "=POST /api/v1/embeddings", HttpEndpoint.ROUTES + "=POST /v1/embeddings"})
public final class EmbeddingsEndpoint implements HttpEndpoint {
    private final Gateway gateway;
    private final Idempotency idempotency;

    @Activate
    public EmbeddingsEndpoint(@Reference Gateway gateway, @Reference Idempotency idempotency) {
        this.gateway = gateway;
        this.idempotency = idempotency;
    }

    @Override
    public void handle(HttpRequest httpRequest, HttpResponse response) {
        EmbeddingsRequest request;
        try {
            request = EmbeddingsRequestReader.read(httpRequest.body());
        } catch (FailureException invalid) {
            new ErrorAnswer(invalid.failure()).sendTo(response);
            return;
        }
        boolean withMetadata = Callers.wantsMetadata(httpRequest);
        idempotency.answer(
                httpRequest,
                response,
                failure -> new ErrorAnswer(failure, request.models()).sendTo(response),
                (once, id) -> answer(request, Callers.of(httpRequest, id), once, withMetadata));
    }

    private void answer(EmbeddingsRequest request, Caller caller, HttpResponse response, boolean withMetadata) {
        var answer = new EmbeddingsAnswer(response, request.models(), withMetadata);
        var generation = gateway.embed(caller, request, answer);
        response.onClientGone(generation::cancel);
    }
}
