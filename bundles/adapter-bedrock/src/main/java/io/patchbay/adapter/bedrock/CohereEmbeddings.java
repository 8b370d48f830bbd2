package io.patchbay.adapter.bedrock;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.api.embeddings.EmbeddingsRequest;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.json.JsonTree;
import io.patchbay.api.json.JsonView;
import java.util.List;
import java.util.Locale;

/** Cohere's models at Bedrock: many inputs at once, each a text, or texts and images. */
record CohereEmbeddings() implements EmbeddingsFormat {
    private static final int MOST_INPUTS = 96;

    @Override
    public JsonObject body(EmbeddingsRequest request) {
        if (request.inputs() > MOST_INPUTS) {
            throw Failure.invalid(
                            "input",
                            "This provider takes " + MOST_INPUTS + " inputs to a request, not " + request.inputs()
                                    + '.')
                    .toException();
        }
        var body = Json.of("input_type", inputType(request.inputType().orElse("document")));
        var contents = request.contents();
        if (request.texts().isEmpty() && contents.size() == request.inputs()) {
            var inputs = new JsonArray();
            contents.forEach(content -> inputs.add(input(content)));
            body.add("inputs", inputs);
        } else {
            var texts = new JsonArray();
            request.requireTexts().forEach(texts::add);
            body.add("texts", texts);
        }
        var types = new JsonArray();
        types.add("float");
        body.add("embedding_types", types);
        request.dimensions().ifPresent(length -> body.addProperty("output_dimension", length));
        request.json().element("truncate").ifPresent(value -> body.add("truncate", value));
        return body;
    }

    /** Here, an image's address stands for itself, not in an object. */
    private static JsonObject input(JsonView content) {
        var parts = new JsonArray();
        for (var part : InputPart.of(content)) {
            var own = Json.of("type", part.isImage() ? "image_url" : "text");
            own.addProperty(part.isImage() ? "image_url" : "text", part.text());
            parts.add(own);
        }
        return Json.of("content", parts);
    }

    private static String inputType(String asked) {
        var type = asked.toLowerCase(Locale.ROOT);
        if (type.contains("query")) {
            return "search_query";
        }
        return type.contains("document") || type.contains("passage") ? "search_document" : type;
    }

    @Override
    public List<JsonArray> vectors(JsonObject answer) {
        var embeddings = answer.get("embeddings");
        var all = embeddings instanceof JsonArray array
                ? array
                : JsonTree.array(JsonTree.object(embeddings).get("float"));
        return all.asList().stream().map(JsonTree::array).toList();
    }
}
