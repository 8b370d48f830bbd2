package io.patchbay.gateway;

import io.patchbay.api.adapter.LocalEmbeddings;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.embeddings.Embeddings;
import io.patchbay.api.embeddings.EmbeddingsRequest;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Embeddings from a model in this process. */
final class LocalEmbedding implements RunningAttempt {
    private static final Logger log = LoggerFactory.getLogger(LocalEmbedding.class);

    private final EmbeddingsRun run;
    private final EmbeddingsRequest request;
    private final Endpoint endpoint;
    private final LocalEmbeddings model;
    private final Lease<Embedder> lease;

    LocalEmbedding(
            EmbeddingsRun run,
            EmbeddingsRequest request,
            Endpoint endpoint,
            LocalEmbeddings model,
            Lease<Embedder> lease) {
        this.run = run;
        this.request = request;
        this.endpoint = endpoint;
        this.model = model;
        this.lease = lease;
    }

    @Override
    public void start() {
        begin().thenApply(answer -> answer.answering(request)).whenComplete(this::end);
    }

    private CompletionStage<Embeddings> begin() {
        try {
            return model.embed(request, endpoint);
        } catch (RuntimeException | Error defect) {
            return CompletableFuture.failedStage(defect);
        }
    }

    private void end(@Nullable Embeddings answer, @Nullable Throwable thrown) {
        lease.close();
        if (answer != null) {
            run.received(this, answer);
        } else {
            run.received(this, failure(thrown instanceof CompletionException wrapped ? wrapped.getCause() : thrown));
        }
    }

    private Failure failure(@Nullable Throwable thrown) {
        if (thrown instanceof FailureException told) {
            return told.failure();
        }
        log.warn("Model {} failed", endpoint, thrown);
        return Failure.of(FailureKind.UPSTREAM_ERROR, "The model failed to answer.");
    }

    /** The model is not told: what it computes is short. Nobody hears of it. */
    @Override
    public void cancel() {
        lease.close();
    }
}
