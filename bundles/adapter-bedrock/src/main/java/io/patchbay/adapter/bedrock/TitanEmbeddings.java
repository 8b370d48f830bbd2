package io.patchbay.adapter.bedrock;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.api.embeddings.EmbeddingsRequest;
import io.patchbay.api.json.JsonTree;
import java.util.ArrayList;
import java.util.List;

/**
 * Amazon Titan: one input at a time.
 *
 * @param takesImages whether it is the multimodal one, which also calls the length of the vector otherwise
 * @param takesLength whether the length of the vector can be chosen
 */
record TitanEmbeddings(boolean takesImages, boolean takesLength) implements EmbeddingsFormat {
    @Override
    public JsonObject body(EmbeddingsRequest request) {
        var body = new JsonObject();
        request.requireOneInput();
        var contents = request.contents();
        if (takesImages && !contents.isEmpty()) {
            for (var part : InputPart.of(contents.get(0))) {
                if (part.isImage()) {
                    body.add("inputImage", part.image().source().get("bytes"));
                } else {
                    body.addProperty("inputText", part.text());
                }
            }
        } else {
            body.addProperty("inputText", request.requireOneText());
        }
        if (takesLength && request.dimensions().isPresent()) {
            long length = request.dimensions().getAsLong();
            if (takesImages) {
                var config = new JsonObject();
                config.addProperty("outputEmbeddingLength", length);
                body.add("embeddingConfig", config);
            } else {
                body.addProperty("dimensions", length);
            }
        }
        return body;
    }

    @Override
    public List<String> dropped(EmbeddingsRequest request) {
        var dropped = new ArrayList<String>(2);
        request.inputType().ifPresent(type -> dropped.add("input_type"));
        if (!takesLength && request.dimensions().isPresent()) {
            dropped.add("dimensions");
        }
        return dropped;
    }

    @Override
    public List<JsonArray> vectors(JsonObject answer) {
        return List.of(JsonTree.array(answer.get("embedding")));
    }
}
