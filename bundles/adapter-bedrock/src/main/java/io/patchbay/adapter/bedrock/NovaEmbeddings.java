package io.patchbay.adapter.bedrock;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.api.embeddings.EmbeddingsRequest;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.json.JsonTree;
import java.util.List;
import java.util.Locale;

/** Amazon Nova: one input at a time, a text or an image. */
record NovaEmbeddings() implements EmbeddingsFormat {
    @Override
    public JsonObject body(EmbeddingsRequest request) {
        request.requireOneInput();
        var params = new JsonObject();
        params.addProperty("embeddingPurpose", purpose(request.inputType().orElse("")));
        request.dimensions().ifPresent(length -> params.addProperty("embeddingDimension", length));
        addInput(request, params);
        var body = new JsonObject();
        body.addProperty("taskType", "SINGLE_EMBEDDING");
        body.add("singleEmbeddingParams", params);
        return body;
    }

    private static void addInput(EmbeddingsRequest request, JsonObject params) {
        var contents = request.contents();
        if (contents.isEmpty()) {
            params.add("text", text(request.requireOneText()));
            return;
        }
        var parts = InputPart.of(contents.get(0));
        if (parts.size() != 1) {
            throw Failure.invalid("input[0].content", "This provider takes one part: a text or an image.")
                    .toException();
        }
        var part = parts.get(0);
        if (part.isImage()) {
            var image = new JsonObject();
            image.addProperty("format", part.image().subtype());
            image.add("source", part.image().source());
            params.add("image", image);
        } else {
            params.add("text", text(part.text()));
        }
    }

    private static JsonObject text(String value) {
        var text = Json.of("truncationMode", "END");
        text.addProperty("value", value);
        return text;
    }

    /** Nova's own words, or those of others for the same. */
    private static String purpose(String type) {
        var word = type.toUpperCase(Locale.ROOT);
        if (word.endsWith("_RETRIEVAL") || word.equals("CLASSIFICATION") || word.equals("CLUSTERING")) {
            return word;
        }
        return word.contains("QUERY") ? "GENERIC_RETRIEVAL" : "GENERIC_INDEX";
    }

    @Override
    public List<JsonArray> vectors(JsonObject answer) {
        return JsonTree.array(answer.get("embeddings")).asList().stream()
                .map(entry -> JsonTree.array(JsonTree.object(entry).get("embedding")))
                .toList();
    }
}
