package io.patchbay.adapter.ollama;

import io.patchbay.api.adapter.ChatAdapter;
import io.patchbay.api.adapter.ChatDecoder;
import io.patchbay.api.adapter.Credential;
import io.patchbay.api.adapter.EmbeddingsAdapter;
import io.patchbay.api.adapter.Frame;
import io.patchbay.api.adapter.ModelListAdapter;
import io.patchbay.api.adapter.UpstreamRequest;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.embeddings.Embeddings;
import io.patchbay.api.embeddings.EmbeddingsRequest;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.http.Headers;
import io.patchbay.api.json.JsonView;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Translates for Ollama. The base URL is that of the server: {@code http://127.0.0.1:11434}. */
@Component(property = ChatAdapter.NAME + "=ollama")
public final class OllamaAdapter implements ChatAdapter, EmbeddingsAdapter, ModelListAdapter {
    private static final String REQUEST = """
            {"reasoning":{"effort":"low"},"tools":[{"type":"function","function":{"name":"f"}}],"messages":[
            {"role":"assistant","tool_calls":[{"id":"a","function":{"name":"f","arguments":"{}"}}]}],"stream":%s}""";

    private static final String ANSWER = """
            {"message":{"content":"a","thinking":"b","tool_calls":[{"function":{"name":"f","arguments":{}}}]},
            "logprobs":[],"done":true,"done_reason":"stop","eval_count":1}""";

    /** Loads every class an attempt may need: an attempt can outlive the moment from which this bundle loads no more. */
    @Activate
    public OllamaAdapter() {
        var endpoint = Endpoint.builder(
                        new ModelId("warm", "up", ""),
                        Provider.builder("warm-up", "ollama").build())
                .build();
        for (boolean stream : new boolean[] {true, false}) {
            var request = ChatRequest.of(JsonView.parse(REQUEST.formatted(stream)));
            encode(request, endpoint, Credential.none());
            var decoder = decoder(request, endpoint);
            decoder.decode(Frame.of(ANSWER), event -> {});
            decoder.end(event -> {});
        }
        EmbeddingsTranslator.warmUp(endpoint);
        classify(429, Headers.of("Retry-After", "1"), "{\"error\":\"\"}".getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean fetches(String url, Endpoint endpoint) {
        return false;
    }

    @Override
    public UpstreamRequest encode(ChatRequest request, Endpoint endpoint, Credential credential) {
        return ChatEncoder.encode(request, endpoint, credential);
    }

    @Override
    public ChatDecoder decoder(ChatRequest request, Endpoint endpoint) {
        return new OllamaDecoder(request);
    }

    @Override
    public UpstreamRequest encode(EmbeddingsRequest request, Endpoint endpoint, Credential credential) {
        return EmbeddingsTranslator.encode(request, endpoint, credential);
    }

    @Override
    public Embeddings decode(EmbeddingsRequest request, Endpoint endpoint, byte[] body) {
        return EmbeddingsTranslator.decode(request, body);
    }

    @Override
    public Failure classify(int status, Headers headers, byte[] body) {
        return OllamaFailures.ofAnswer(status, headers, body);
    }

    @Override
    public UpstreamRequest encode(Provider provider, Credential credential) {
        return UpstreamRequest.get("/api/tags", ChatEncoder.headers(credential, "application/json"));
    }

    @Override
    public List<String> decode(byte[] body) {
        return ModelList.names(body);
    }
}
