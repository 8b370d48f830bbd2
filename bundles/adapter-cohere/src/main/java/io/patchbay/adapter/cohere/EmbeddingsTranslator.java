package io.patchbay.adapter.cohere;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.api.adapter.Credential;
import io.patchbay.api.adapter.Framing;
import io.patchbay.api.adapter.UpstreamRequest;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.embeddings.Embeddings;
import io.patchbay.api.embeddings.EmbeddingsRequest;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.json.JsonTree;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.json.MalformedJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Embeddings by {@code POST /v2/embed}. Source: Cohere's API reference, "Embed API (v2)". */
final class EmbeddingsTranslator {
    private static final int MOST_INPUTS = 96;

    /** Cohere's own fields, which a client who knows them may use. */
    private static final List<String> AS_THEY_ARE = List.of("truncate", "max_tokens", "priority");

    private EmbeddingsTranslator() {}

    static UpstreamRequest encode(EmbeddingsRequest request, Endpoint endpoint, Credential credential) {
        var body = new JsonObject();
        body.addProperty("model", endpoint.upstreamModel());
        body.addProperty("input_type", inputType(request.inputType().orElse("document")));
        var types = new JsonArray();
        types.add("float");
        body.add("embedding_types", types);
        request.dimensions().ifPresent(length -> body.addProperty("output_dimension", length));
        addInputs(request, body);
        for (var name : AS_THEY_ARE) {
            request.json().element(name).ifPresent(value -> body.add(name, value));
        }
        return UpstreamRequest.post(
                "/v2/embed",
                ChatEncoder.headers(credential, "application/json"),
                body.toString().getBytes(StandardCharsets.UTF_8),
                Framing.WHOLE);
    }

    /** Clients have the words of several providers for it. What is none of them Cohere refuses, and tells its own. */
    private static String inputType(String asked) {
        var type = asked.toLowerCase(Locale.ROOT);
        if (type.contains("query")) {
            return "search_query";
        }
        return type.contains("document") || type.contains("passage") ? "search_document" : type;
    }

    private static void addInputs(EmbeddingsRequest request, JsonObject body) {
        if (request.inputs() > MOST_INPUTS) {
            throw Failure.invalid(
                            "input",
                            "This provider takes " + MOST_INPUTS + " inputs to a request, not " + request.inputs()
                                    + '.')
                    .toException();
        }
        var contents = request.contents();
        if (request.texts().isEmpty() && contents.size() == request.inputs()) {
            // Parts have the same form with Cohere.
            var inputs = new JsonArray();
            contents.forEach(content -> inputs.add(content.toTree()));
            body.add("inputs", inputs);
        } else {
            var texts = new JsonArray();
            request.requireTexts().forEach(texts::add);
            body.add("texts", texts);
        }
    }

    static Embeddings decode(EmbeddingsRequest request, byte[] body) {
        JsonObject json;
        try {
            json = JsonView.parse(body).toTree();
        } catch (MalformedJson e) {
            throw CohereFailures.malformed("The provider's answer is not a JSON object.")
                    .toException();
        }
        var answer = Embeddings.builder();
        for (var vector : JsonTree.array(JsonTree.object(json.get("embeddings")).get("float"))) {
            answer.vector(JsonTree.array(vector));
        }
        var billed = JsonTree.object(JsonTree.object(json.get("meta")).get("billed_units"));
        answer.promptTokens(Json.integer(billed.get("input_tokens")) + Json.integer(billed.get("image_tokens")));
        return answer.build().answering(request);
    }

    /** Loads this class and those it needs. */
    static void warmUp(Endpoint endpoint) {
        var request = EmbeddingsRequest.of(JsonView.parse("{\"input\":\"a\",\"encoding_format\":\"base64\"}"));
        encode(request, endpoint, Credential.none());
        decode(request, "{\"embeddings\":{\"float\":[[0]]}}".getBytes(StandardCharsets.UTF_8));
    }
}
