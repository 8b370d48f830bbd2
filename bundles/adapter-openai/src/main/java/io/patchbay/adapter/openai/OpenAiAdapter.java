package io.patchbay.adapter.openai;

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
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Translates for any provider that speaks OpenAI's chat completions. */
@Component(property = ChatAdapter.NAME + "=openai")
public final class OpenAiAdapter implements ChatAdapter, EmbeddingsAdapter, TaskAdapter, ModelListAdapter {

    private static final Map<String, String> EVERY_OPTION =
            Map.of("drop", "a", "thinking", "b.c", "set.d", "0", "message-drop", "e", "think-tags", "true");

    /** Loads every class an attempt may need: an attempt can outlive the moment from which this bundle loads no more. */
    @Activate
    public OpenAiAdapter() {
        var endpoint = Endpoint.builder(
                        new ModelId("warm", "up", ""),
                        Provider.builder("warm-up", "openai")
                                .options(EVERY_OPTION)
                                .build())
                .build();
        for (var stream : List.of("true", "false")) {
            var request = ChatRequest.of(JsonView.parse("{\"model\":\"warm/up\",\"stream\":" + stream
                    + ",\"reasoning\":{\"effort\":\"low\",\"exclude\":true},\"messages\":[{\"e\":1}]}"));
            encode(request, endpoint, Credential.none());
            var decoder = decoder(request, endpoint);
            decoder.decode(
                    Frame.of("{\"choices\":[{\"delta\":{\"reasoning\":\"\",\"tool_calls\":[{\"id\":\"a\"}]}}]}"),
                    event -> {});
            decoder.end(event -> {});
        }
        EmbeddingsTranslator.warmUp(endpoint);
        TaskTranslator.warmUp(endpoint);
        classify(429, Headers.of("Retry-After", "1"), "{\"error\":{}}".getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean fetches(String url, Endpoint endpoint) {
        return !"false".equals(endpoint.provider().options().get("fetches"));
    }

    @Override
    public UpstreamRequest encode(ChatRequest request, Endpoint endpoint, Credential credential) {
        return ChatEncoder.encode(request, endpoint, credential);
    }

    @Override
    public ChatDecoder decoder(ChatRequest request, Endpoint endpoint) {
        boolean hasThinkTags = "true".equals(endpoint.provider().options().get("think-tags"));
        var decoder = request.stream() ? new StreamDecoder(hasThinkTags) : new WholeDecoder(hasThinkTags);
        return ReasoningWish.of(request.json()).isHidden() ? new HiddenThoughts(decoder) : decoder;
    }

    @Override
    public UpstreamRequest encode(EmbeddingsRequest request, Endpoint endpoint, Credential credential) {
        return EmbeddingsTranslator.encode(request, endpoint, credential);
    }

    @Override
    public Embeddings decode(EmbeddingsRequest request, Endpoint endpoint, byte[] body) {
        return EmbeddingsTranslator.decode(request, endpoint, body);
    }

    @Override
    public UpstreamRequest encode(TaskRequest request, Endpoint endpoint, Credential credential) {
        return TaskTranslator.encode(request, endpoint, credential);
    }

    @Override
    public TaskAnswer decode(TaskRequest request, Endpoint endpoint, Headers headers, byte[] body) {
        return TaskTranslator.decode(request, headers, body);
    }

    @Override
    public Failure classify(int status, Headers headers, byte[] body) {
        return OpenAiFailures.ofAnswer(status, headers, body);
    }

    @Override
    public UpstreamRequest encode(Provider provider, Credential credential) {
        return UpstreamRequest.get("/models", ChatEncoder.headers(provider, credential, "application/json"));
    }

    @Override
    public List<String> decode(byte[] body) {
        return ModelList.names(body);
    }
}
