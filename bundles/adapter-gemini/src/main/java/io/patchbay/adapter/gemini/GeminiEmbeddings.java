package io.patchbay.adapter.gemini;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.api.adapter.ChatAdapter;
import io.patchbay.api.adapter.Credential;
import io.patchbay.api.adapter.EmbeddingsAdapter;
import io.patchbay.api.adapter.Framing;
import io.patchbay.api.adapter.UpstreamRequest;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.embeddings.Embeddings;
import io.patchbay.api.embeddings.EmbeddingsRequest;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.http.Headers;
import io.patchbay.api.json.JsonTree;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.json.MalformedJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Translates embeddings: AI Studio's {@code batchEmbedContents}, Vertex AI's {@code predict}. */
@Component(property = ChatAdapter.NAME + "=gemini")
public final class GeminiEmbeddings implements EmbeddingsAdapter {
    private static final int MOST_INPUTS = 100;

    /** Loads every class a request may need, while this bundle still can. */
    @Activate
    public GeminiEmbeddings() {
        var request = EmbeddingsRequest.of(JsonView.parse("{\"input\":\"a\",\"encoding_format\":\"base64\"}"));
        var endpoint = Endpoint.builder(
                        new ModelId("warm", "up", ""),
                        Provider.builder("warm-up", "gemini").build())
                .build();
        encode(request, endpoint, Credential.none());
        decode(request, endpoint, "{\"embeddings\":[{\"values\":[1]}]}".getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public UpstreamRequest encode(EmbeddingsRequest request, Endpoint endpoint, Credential credential) {
        var texts = request.requireTexts();
        if (texts.size() > MOST_INPUTS) {
            throw Failure.invalid(
                            "input",
                            "This provider takes " + MOST_INPUTS + " inputs to a request, not " + texts.size() + '.')
                    .toException();
        }
        boolean isVertex = Access.isVertex(endpoint.provider());
        var body = isVertex ? instances(request, texts) : contents(request, texts, endpoint);
        return UpstreamRequest.post(
                Access.path(endpoint, isVertex ? "predict" : "batchEmbedContents"),
                Access.headers(credential, "application/json"),
                body.toString().getBytes(StandardCharsets.UTF_8),
                Framing.WHOLE);
    }

    private static JsonObject contents(EmbeddingsRequest request, List<String> texts, Endpoint endpoint) {
        var all = new JsonArray();
        for (var text : texts) {
            var parts = new JsonArray();
            parts.add(Json.with("text", text));
            var one = Json.with("model", Access.resource(endpoint));
            one.add("content", Json.with("parts", parts));
            request.inputType().ifPresent(type -> one.addProperty("taskType", taskType(type)));
            request.dimensions().ifPresent(length -> one.addProperty("outputDimensionality", length));
            all.add(one);
        }
        return Json.with("requests", all);
    }

    private static JsonObject instances(EmbeddingsRequest request, List<String> texts) {
        var all = new JsonArray();
        for (var text : texts) {
            var one = Json.with("content", text);
            request.inputType().ifPresent(type -> one.addProperty("task_type", taskType(type)));
            all.add(one);
        }
        var body = Json.with("instances", all);
        request.dimensions().ifPresent(length -> {
            var parameters = new JsonObject();
            parameters.addProperty("outputDimensionality", length);
            body.add("parameters", parameters);
        });
        return body;
    }

    private static String taskType(String inputType) {
        return switch (inputType) {
            case "search_query", "query" -> "RETRIEVAL_QUERY";
            case "search_document", "document", "passage" -> "RETRIEVAL_DOCUMENT";
            default -> inputType.toUpperCase(Locale.ROOT);
        };
    }

    @Override
    public Embeddings decode(EmbeddingsRequest request, Endpoint endpoint, byte[] body) {
        JsonView json;
        try {
            json = JsonView.parse(body);
        } catch (MalformedJson e) {
            throw GeminiFailures.malformed("The provider's answer is not a JSON object.")
                    .toException();
        }
        if (GeminiFailures.isError(json)) {
            throw GeminiFailures.inside(json).toException();
        }
        var answer = Embeddings.builder();
        long tokens = json.object("usageMetadata")
                .map(usage -> usage.integer("promptTokenCount").orElse(0))
                .orElse(0L);
        for (var vector : json.objects("embeddings")) {
            answer.vector(values(vector));
        }
        for (var prediction : json.objects("predictions")) {
            var vector = prediction.object("embeddings").orElse(prediction);
            answer.vector(values(vector));
            tokens += vector.object("statistics")
                    .map(statistics -> statistics.integer("token_count").orElse(0))
                    .orElse(0L);
        }
        return answer.promptTokens(tokens).build().answering(request);
    }

    private static JsonArray values(JsonView vector) {
        return JsonTree.array(vector.element("values").orElse(null));
    }

    @Override
    public Failure classify(int status, Headers headers, byte[] body) {
        return GeminiFailures.ofAnswer(status, headers, body);
    }
}
