package io.patchbay.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.patchbay.api.adapter.ChatAdapter;
import io.patchbay.api.adapter.ChatDecoder;
import io.patchbay.api.adapter.Credential;
import io.patchbay.api.adapter.EmbeddingsAdapter;
import io.patchbay.api.adapter.Frame;
import io.patchbay.api.adapter.Framing;
import io.patchbay.api.adapter.UpstreamRequest;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.chat.ChatCompletion;
import io.patchbay.api.chat.ChatEvent;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.embeddings.Embeddings;
import io.patchbay.api.embeddings.EmbeddingsRequest;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.http.Headers;
import io.patchbay.api.json.JsonView;
import java.util.function.Consumer;

/**
 * Speaks the canonical form, and can't say anything to providers whose name begins with "other"; those whose name begins
 * with "inline" fetch nothing.
 */
final class TinyAdapter implements ChatAdapter, EmbeddingsAdapter {
    @Override
    public boolean fetches(String url, Endpoint endpoint) {
        return !endpoint.provider().name().startsWith("inline");
    }

    @Override
    public UpstreamRequest encode(ChatRequest request, Endpoint endpoint, Credential credential) {
        return post(request.json(), endpoint);
    }

    @Override
    public UpstreamRequest encode(EmbeddingsRequest request, Endpoint endpoint, Credential credential) {
        return post(request.json(), endpoint);
    }

    private static UpstreamRequest post(JsonView json, Endpoint endpoint) {
        if (endpoint.provider().name().startsWith("other")) {
            throw Failure.invalid("input", "This provider takes something else.")
                    .toException();
        }
        return UpstreamRequest.post("/", Headers.none(), json.toBytes(), Framing.WHOLE);
    }

    @Override
    public ChatDecoder decoder(ChatRequest request, Endpoint endpoint) {
        return new ChatDecoder() {
            @Override
            public void decode(Frame frame, Consumer<? super ChatEvent> events) {
                events.accept(ChatCompletion.of(JsonView.parse(frame.data())));
            }

            @Override
            public void end(Consumer<? super ChatEvent> events) {}
        };
    }

    @Override
    public Embeddings decode(EmbeddingsRequest request, Endpoint endpoint, byte[] body) {
        return Embeddings.of(JsonView.parse(body));
    }

    @Override
    public Failure classify(int status, Headers headers, byte[] body) {
        return Failure.of(
                status == 429 ? FailureKind.RATE_LIMITED : FailureKind.UPSTREAM_ERROR, new String(body, UTF_8));
    }
}
