package io.patchbay.adapter.cohere;

import io.patchbay.api.adapter.ChatAdapter;
import io.patchbay.api.adapter.ChatDecoder;
import io.patchbay.api.adapter.Credential;
import io.patchbay.api.adapter.EmbeddingsAdapter;
import io.patchbay.api.adapter.Frame;
import io.patchbay.api.adapter.ModelListAdapter;
import io.patchbay.api.adapter.TaskAdapter;
import io.patchbay.api.adapter.UpstreamRequest;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.chat.ReasoningWish;
import io.patchbay.api.embeddings.Embeddings;
import io.patchbay.api.embeddings.EmbeddingsRequest;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.http.Headers;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.tasks.TaskAnswer;
import io.patchbay.api.tasks.TaskRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Translates for Cohere. The base URL is {@code https://api.cohere.com}. */
@Component(property = ChatAdapter.NAME + "=cohere")
public final class CohereAdapter implements ChatAdapter, EmbeddingsAdapter, TaskAdapter, ModelListAdapter {
    private static final String REQUEST = """
            {"reasoning":{"effort":"low"},"tools":[{"type":"function","function":{"name":"f"}}],"messages":[
            {"role":"assistant","tool_calls":[{"id":"a","function":{"name":"f","arguments":"{}"}}]}],"stream":%s}""";

    private static final List<String> STREAM = List.of(
            "{\"type\":\"message-start\"}",
            "{\"type\":\"content-delta\",\"delta\":{\"message\":{\"content\":{\"thinking\":\"a\"}}},"
                    + "\"logprobs\":{\"text\":\"a\",\"logprobs\":[0]}}",
            "{\"type\":\"citation-start\",\"delta\":{\"message\":{\"citations\":{\"sources\":[{}]}}}}",
            "{\"type\":\"tool-call-start\",\"delta\":{\"message\":{\"tool_calls\":{\"id\":\"a\"}}}}",
            "{\"type\":\"message-end\",\"delta\":{\"finish_reason\":\"COMPLETE\",\"usage\":{}}}");

    private static final String WHOLE =
            "{\"message\":{\"content\":[{\"type\":\"text\",\"text\":\"a\"}]},\"finish_reason\":\"COMPLETE\"}";

    /** Loads every class an attempt may need: an attempt can outlive the moment from which this bundle loads no more. */
    @Activate
    public CohereAdapter() {
        var endpoint = Endpoint.builder(
                        new ModelId("warm", "up", ""),
                        Provider.builder("warm-up", "cohere").build())
                .build();
        for (boolean stream : new boolean[] {true, false}) {
            var request = ChatRequest.of(JsonView.parse(REQUEST.formatted(stream)));
            encode(request, endpoint, Credential.none());
            var decoder = decoder(request, endpoint);
            for (var frame : stream ? STREAM : List.of(WHOLE)) {
                decoder.decode(Frame.of(frame), event -> {});
            }
            decoder.end(event -> {});
        }
        EmbeddingsTranslator.warmUp(endpoint);
        RerankTranslator.warmUp(endpoint);
        classify(429, Headers.of("Retry-After", "1"), "{\"message\":\"\"}".getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public UpstreamRequest encode(ChatRequest request, Endpoint endpoint, Credential credential) {
        return ChatEncoder.encode(request, endpoint, credential);
    }

    @Override
    public ChatDecoder decoder(ChatRequest request, Endpoint endpoint) {
        boolean showsThoughts = !ReasoningWish.of(request.json()).isHidden();
        return request.stream() ? new StreamDecoder(showsThoughts) : new WholeDecoder(showsThoughts);
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
    public UpstreamRequest encode(TaskRequest request, Endpoint endpoint, Credential credential) {
        return RerankTranslator.encode(request, endpoint, credential);
    }

    @Override
    public TaskAnswer decode(TaskRequest request, Endpoint endpoint, Headers headers, byte[] body) {
        return RerankTranslator.decode(request, body);
    }

    @Override
    public Failure classify(int status, Headers headers, byte[] body) {
        return CohereFailures.ofAnswer(status, headers, body);
    }

    @Override
    public UpstreamRequest encode(Provider provider, Credential credential) {
        return UpstreamRequest.get(
                "/v1/models?endpoint=chat&page_size=1000", ChatEncoder.headers(credential, "application/json"));
    }

    @Override
    public List<String> decode(byte[] body) {
        return ModelList.names(body);
    }
}
