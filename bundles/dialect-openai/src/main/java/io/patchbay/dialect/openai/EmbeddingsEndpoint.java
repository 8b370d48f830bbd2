package io.patchbay.dialect.openai;

import io.patchbay.api.embeddings.EmbeddingsRequest;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.generation.Gateway;
import io.patchbay.api.http.ErrorAnswer;
import io.patchbay.api.http.HttpEndpoint;
import io.patchbay.api.http.HttpRequest;
import io.patchbay.api.http.HttpResponse;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code POST /api/v1/embeddings} and {@code POST /v1/embeddings}. */
@Component(
        service = HttpEndpoint.class,
        property = {HttpEndpoint.ROUTES + "=POST /api/v1/embeddings", HttpEndpoint.ROUTES + "=POST /v1/embeddings"})
public final class EmbeddingsEndpoint implements HttpEndpoint {
    private final Gateway gateway;

    @Activate
    public EmbeddingsEndpoint(@Reference Gateway gateway) {
        this.gateway = gateway;
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
        var answer = new EmbeddingsAnswer(response, request.models(), Callers.wantsMetadata(httpRequest));
        var generation = gateway.embed(Callers.of(httpRequest), request, answer);
        response.onClientGone(generation::cancel);
    }
}
