package io.patchbay.gateway;

import io.patchbay.api.adapter.Credential;
import io.patchbay.api.adapter.EmbeddingsAdapter;
import io.patchbay.api.adapter.Frame;
import io.patchbay.api.adapter.UpstreamRequest;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.embeddings.Embeddings;
import io.patchbay.api.embeddings.EmbeddingsRequest;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.http.Headers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Embeddings from a provider: one request, one whole answer. */
final class RemoteEmbedding extends RemoteCall {
    private static final CompletionStage<Void> MORE = CompletableFuture.completedStage(null);

    private final EmbeddingsRun run;
    private final EmbeddingsRequest request;
    private final Endpoint endpoint;
    private final EmbeddingsAdapter adapter;
    private byte[] body = new byte[0];

    RemoteEmbedding(
            EmbeddingsRun run,
            EmbeddingsRequest request,
            Endpoint endpoint,
            EmbeddingsAdapter adapter,
            Lease<Embedder> lease,
            GatewayParts parts) {
        super(run, endpoint, lease, parts);
        this.run = run;
        this.request = request;
        this.endpoint = endpoint;
        this.adapter = adapter;
    }

    @Override
    UpstreamRequest encode(Credential credential) {
        return adapter.encode(request, endpoint, credential);
    }

    @Override
    Failure classify(int status, Headers answered, byte[] answer) {
        return adapter.classify(status, answered, answer);
    }

    @Override
    public CompletionStage<Void> frames(List<Frame> frames) {
        if (isError()) {
            keepError(frames);
        } else {
            body = frames.get(0).data();
        }
        return MORE;
    }

    @Override
    public void ended() {
        Embeddings answer;
        try {
            if (isError()) {
                failed(error());
                return;
            }
            answer = adapter.decode(request, endpoint, headers(), body).answering(request);
        } catch (FailureException refused) {
            failed(refused.failure());
            return;
        } catch (RuntimeException | Error defect) {
            failed(defect(defect));
            return;
        }
        release();
        run.received(this, answer);
    }

    @Override
    void fail(Failure failure) {
        run.received(this, failure);
    }
}
