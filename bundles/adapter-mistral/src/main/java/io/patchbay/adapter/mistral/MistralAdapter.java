package io.patchbay.adapter.mistral;

import io.patchbay.adapter.openai.OpenAiAdapter;
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
import java.util.List;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Translates for Mistral. Source: Mistral's API reference, "Chat" and "Embeddings". */
@Component(property = ChatAdapter.NAME + "=mistral")
public final class MistralAdapter implements ChatAdapter, EmbeddingsAdapter, ModelListAdapter {
    /** Mistral refuses a request that has any other field. */
    private static final Set<String> FIELDS = Set.of(
            "model",
            "messages",
            "temperature",
            "top_p",
            "max_tokens",
            "stream",
            "stop",
            "random_seed",
            "metadata",
            "response_format",
            "tools",
            "tool_choice",
            "parallel_tool_calls",
            "presence_penalty",
            "frequency_penalty",
            "n",
            "prediction",
            "prompt_mode",
            "reasoning_effort",
            "safe_prompt");

    private static final Set<String> EMBEDDINGS_FIELDS =
            Set.of("model", "input", "metadata", "encoding_format", "output_dimension", "output_dtype");

    private final OpenAiAdapter openAi;

    /** Loads every class an attempt may need: an attempt can outlive the moment from which this bundle loads no more. */
    @Activate
    public MistralAdapter() {
        openAi = new OpenAiAdapter();
        var endpoint = Endpoint.builder(
                        new ModelId("warm", "up", ""),
                        Provider.builder("warm-up", "mistral").build())
                .build();
        var request =
                ChatRequest.of(JsonView.parse("{\"model\":\"warm/up\",\"stream\":true,\"messages\":[{\"role\":\"tool\","
                        + "\"tool_call_id\":\"a\",\"content\":[{\"type\":\"text\",\"text\":\"\"}]}]}"));
        encode(request, endpoint, Credential.none());
        decoder(request, endpoint)
                .decode(
                        Frame.of("{\"choices\":[{\"delta\":{\"content\":[{\"type\":\"thinking\",\"thinking\":[]}]}}]}"),
                        event -> {});
        encode(EmbeddingsRequest.of(JsonView.parse("{\"input\":\"a\"}")), endpoint, Credential.none());
    }

    @Override
    public UpstreamRequest encode(ChatRequest request, Endpoint endpoint, Credential credential) {
        var translated = ChatRequest.of(MistralRequest.translate(request.json()));
        var encoded = restricted(openAi.encode(translated, endpoint, credential), FIELDS);
        return encoded.dropping(Dropped.of(request, encoded));
    }

    private static UpstreamRequest restricted(UpstreamRequest encoded, Set<String> fields) {
        var body = JsonView.parse(encoded.body());
        var known = body.rewrite();
        body.names().stream().filter(name -> !fields.contains(name)).forEach(known::remove);
        return UpstreamRequest.post(encoded.path(), encoded.headers(), known.toBytes(), encoded.framing())
                .dropping(encoded.dropped());
    }

    @Override
    public ChatDecoder decoder(ChatRequest request, Endpoint endpoint) {
        return new MistralDecoder(openAi.decoder(request, endpoint));
    }

    @Override
    public UpstreamRequest encode(EmbeddingsRequest request, Endpoint endpoint, Credential credential) {
        request.requireTexts();
        var json = request.json();
        var translated = json.rewrite();
        if (json.has("output_dimension")) {
            translated.remove("dimensions");
        } else {
            translated.rename("dimensions", "output_dimension");
        }
        var own = EmbeddingsRequest.of(translated.toView());
        return restricted(openAi.encode(own, endpoint, credential), EMBEDDINGS_FIELDS);
    }

    @Override
    public Embeddings decode(EmbeddingsRequest request, Endpoint endpoint, byte[] body) {
        return openAi.decode(request, endpoint, body);
    }

    @Override
    public Failure classify(int status, Headers headers, byte[] body) {
        return openAi.classify(status, headers, body);
    }

    @Override
    public UpstreamRequest encode(Provider provider, Credential credential) {
        return openAi.encode(provider, credential);
    }

    @Override
    public List<String> decode(byte[] body) {
        return openAi.decode(body);
    }
}
