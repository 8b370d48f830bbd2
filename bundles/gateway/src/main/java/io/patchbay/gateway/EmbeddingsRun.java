package io.patchbay.gateway;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.chat.ModelRequest;
import io.patchbay.api.chat.Usage;
import io.patchbay.api.embeddings.Embeddings;
import io.patchbay.api.embeddings.EmbeddingsRequest;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.generation.EmbeddingsListener;
import io.patchbay.api.generation.GenerationRecord;
import io.patchbay.api.guardrails.Subject;
import java.util.Optional;
import java.util.OptionalLong;

/** A request for embeddings under way: an attempt brings all vectors, or none. */
final class EmbeddingsRun extends Run<Embedder> {
    private final GatewayParts parts;
    private volatile EmbeddingsRequest request;
    private final EmbeddingsListener listener;

    EmbeddingsRun(GatewayParts parts, Ticket ticket, EmbeddingsRequest request, EmbeddingsListener listener) {
        super(parts, parts.embedders(), ticket, request);
        this.parts = parts;
        this.request = request;
        this.listener = listener;
    }

    @Override
    String ability() {
        return "embeddings";
    }

    @Override
    ModelRequest completed(String account) {
        return request;
    }

    @Override
    Pipeline.Entered<EmbeddingsRequest> entered(Planner planner, Subject subject) {
        var entered = parts.pipeline().enter(request, subject, EmbeddingsRequest::of);
        request = entered.request();
        return entered;
    }

    @Override
    RunningAttempt attempt(Endpoint candidate, Lease<Embedder> lease) {
        var embedder = lease.upstream();
        return embedder instanceof Embedder.Remote remote
                ? new RemoteEmbedding(this, request, candidate, remote.adapter(), lease, parts)
                : new LocalEmbedding(this, request, candidate, ((Embedder.Local) embedder).model(), lease);
    }

    @Override
    boolean hasBegunToAnswer() {
        return false;
    }

    @Override
    void forgetAttempt() {}

    @Override
    void tell(Failure failure, GenerationRecord record) {
        listener.failed(failure, record);
    }

    @Override
    long promptTokens() {
        return UsageEstimate.of(request).promptTokens();
    }

    @Override
    OptionalLong maxTokens() {
        return OptionalLong.of(0);
    }

    @Override
    Optional<Usage> delivered() {
        return Optional.empty();
    }

    @Override
    void complete(GenerationRecord.Builder record) {
        record.kind(GenerationRecord.Kind.EMBEDDINGS);
    }

    /** An attempt has succeeded. */
    void received(RunningAttempt from, Embeddings answer) {
        if (!isHeard(from)) {
            return;
        }
        try {
            var counts = answer.usage().orElseGet(() -> UsageEstimate.of(request));
            succeeded(counts, true, record -> listener.embedded(answer, record));
        } catch (RuntimeException | Error defect) {
            defect(defect);
        }
    }

    /** An attempt has failed. */
    void received(RunningAttempt from, Failure failure) {
        try {
            failed(from, failure);
        } catch (RuntimeException | Error defect) {
            defect(defect);
        }
    }
}
