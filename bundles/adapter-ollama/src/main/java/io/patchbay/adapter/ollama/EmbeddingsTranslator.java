package io.patchbay.adapter.ollama;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.api.adapter.Credential;
import io.patchbay.api.adapter.Framing;
import io.patchbay.api.adapter.UpstreamRequest;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.embeddings.Embeddings;
import io.patchbay.api.embeddings.EmbeddingsRequest;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.json.JsonTree;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.json.MalformedJson;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Embeddings by {@code POST /api/embed}. Source: Ollama's documentation, "Generate embeddings". */
final class EmbeddingsTranslator {
    private EmbeddingsTranslator() {}

    static UpstreamRequest encode(EmbeddingsRequest request, Endpoint endpoint, Credential credential) {
        var body = new JsonObject();
        body.addProperty("model", endpoint.upstreamModel());
        var texts = new JsonArray();
        request.requireTexts().forEach(texts::add);
        body.add("input", texts);
        request.dimensions().ifPresent(length -> body.addProperty("dimensions", length));
        ChatEncoder.addSettings(endpoint.provider().options(), body);
        return UpstreamRequest.post(
                        "/api/embed",
                        ChatEncoder.headers(credential, "application/json"),
                        body.toString().getBytes(StandardCharsets.UTF_8),
                        Framing.WHOLE)
                .dropping(request.inputType().isPresent() ? List.of("input_type") : List.of());
    }

    static Embeddings decode(EmbeddingsRequest request, byte[] body) {
        JsonView json;
        try {
            json = JsonView.parse(body);
        } catch (MalformedJson e) {
            throw Failure.of(FailureKind.MALFORMED_ANSWER, "The provider's answer is not a JSON object.")
                    .toException();
        }
        if (json.has("error")) {
            throw OllamaFailures.inside(json).toException();
        }
        var answer = Embeddings.builder();
        for (var vector : JsonTree.array(json.toTree().get("embeddings"))) {
            answer.vector(JsonTree.array(vector));
        }
        return answer.promptTokens(json.integer("prompt_eval_count").orElse(0))
                .build()
                .answering(request);
    }

    /** Loads this class and those it needs. */
    static void warmUp(Endpoint endpoint) {
        var request = EmbeddingsRequest.of(JsonView.parse("{\"input\":\"a\",\"encoding_format\":\"base64\"}"));
        encode(request, endpoint, Credential.none());
        decode(request, "{\"embeddings\":[[0]]}".getBytes(StandardCharsets.UTF_8));
    }
}
