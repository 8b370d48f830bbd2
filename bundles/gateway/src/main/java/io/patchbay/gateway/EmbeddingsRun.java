package io.patchbay.gateway;

import io.patchbay.api.cache.CachedAnswer;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.chat.ModelRequest;
import io.patchbay.api.chat.Usage;
import io.patchbay.api.embeddings.Embeddings;
import io.patchbay.api.embeddings.EmbeddingsRequest;
import io.patchbay.api.generation.EmbeddingsListener;
import io.patchbay.api.generation.GenerationRecord;
import io.patchbay.api.guardrails.Subject;
import java.util.Optional;

/** A request for embeddings under way: an attempt brings all vectors, or none. */
final class EmbeddingsRun extends WholeRun<Embedder, Embeddings> {
    private final GatewayParts parts;
    private volatile EmbeddingsRequest request;

    EmbeddingsRun(GatewayParts parts, Ticket ticket, EmbeddingsRequest request, EmbeddingsListener listener) {
        super(parts, parts.embedders(), ticket, request, listener::embedded, listener::failed);
        this.parts = parts;
        this.request = request;
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
    Optional<Pipeline.Entered<EmbeddingsRequest>> entered(Planner planner, Subject subject) {
        var entered = parts.pipeline().enter(request, subject, EmbeddingsRequest::of);
        entered.ifPresent(guarded -> request = guarded.request());
        return entered;
    }

    @Override
    RunningAttempt attempt(Endpoint candidate, Lease<Embedder> lease) {
        var embedder = lease.upstream();
        return embedder instanceof Embedder.Remote remote
                ? remote(candidate, lease, remote)
                : new LocalEmbedding(this, request, candidate, ((Embedder.Local) embedder).model(), lease);
    }

    private RunningAttempt remote(Endpoint candidate, Lease<Embedder> lease, Embedder.Remote remote) {
        var asked = request;
        var adapter = remote.adapter();
        return remote(
                candidate,
                lease,
                new RemoteWhole.Wire<>(
                        credential -> adapter.encode(asked, candidate, credential),
                        (headers, body) ->
                                adapter.decode(asked, candidate, headers, body).answering(asked),
                        adapter::classify));
    }

    @Override
    boolean isKeepable() {
        return true;
    }

    @Override
    void paid(Embeddings answer) {
        remember(answer.json());
        keepAnswer();
    }

    @Override
    void repeat(CachedAnswer answer) {
        answerUnasked(Embeddings.of(answer.parts().get(0)));
    }

    @Override
    long promptTokens() {
        return UsageEstimate.of(request).promptTokens();
    }

    @Override
    Usage usage(Embeddings answer) {
        return answer.usage().orElseGet(() -> UsageEstimate.of(request));
    }

    @Override
    void complete(GenerationRecord.Builder record) {
        record.kind(GenerationRecord.Kind.EMBEDDINGS);
    }
}
