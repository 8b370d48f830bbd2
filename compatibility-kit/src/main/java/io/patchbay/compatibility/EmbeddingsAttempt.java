package io.patchbay.compatibility;

import io.patchbay.api.adapter.EmbeddingsAdapter;
import io.patchbay.api.adapter.Frame;
import io.patchbay.api.adapter.Framing;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.embeddings.Embeddings;
import io.patchbay.api.embeddings.EmbeddingsRequest;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.http.Headers;
import io.patchbay.api.transport.UpstreamListener;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Hears an answer as the gateway would, and has the adapter read it. */
final class EmbeddingsAttempt implements UpstreamListener {
    private static final CompletionStage<Void> MORE = CompletableFuture.completedStage(null);

    private final EmbeddingsAdapter adapter;
    private final EmbeddingsRequest request;
    private final Endpoint endpoint;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private int status;
    private Headers headers = Headers.none();
    private byte[] body = new byte[0];

    EmbeddingsAttempt(EmbeddingsAdapter adapter, EmbeddingsRequest request, Endpoint endpoint) {
        this.adapter = adapter;
        this.request = request;
        this.endpoint = endpoint;
    }

    /** Vectors, or why there are none. */
    record Outcome(Optional<Embeddings> answer, Optional<Failure> failure) {
        static Outcome of(Failure failure) {
            return new Outcome(Optional.empty(), Optional.of(failure));
        }
    }

    /** Completes with what the client would get; exceptionally if the adapter threw something. */
    CompletableFuture<Outcome> outcome() {
        return outcome;
    }

    @Override
    public Framing head(int answered, Headers with) {
        status = answered;
        headers = with;
        return Framing.WHOLE;
    }

    @Override
    public CompletionStage<Void> frames(List<Frame> frames) {
        body = frames.get(0).data();
        return MORE;
    }

    @Override
    public void ended() {
        try {
            outcome.complete(
                    status < 300
                            ? new Outcome(
                                    Optional.of(adapter.decode(request, endpoint, headers, body)
                                            .answering(request)),
                                    Optional.empty())
                            : Outcome.of(adapter.classify(status, headers, body)));
        } catch (FailureException refused) {
            outcome.complete(Outcome.of(refused.failure()));
        } catch (RuntimeException | Error defect) {
            outcome.completeExceptionally(defect);
        }
    }

    @Override
    public void failed(Failure failure) {
        outcome.complete(Outcome.of(failure));
    }
}
