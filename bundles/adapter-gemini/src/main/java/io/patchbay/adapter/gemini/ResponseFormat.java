package io.patchbay.adapter.gemini;

import com.google.gson.JsonObject;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.json.JsonTree;
import java.util.Optional;

/** The form the answer has to have. */
final class ResponseFormat {
    private final JsonObject asked;

    private ResponseFormat(JsonObject asked) {
        this.asked = asked;
    }

    /** Reads a {@code response_format}. */
    static ResponseFormat of(JsonObject asked) {
        var type = JsonTree.text(asked.get("type"));
        switch (type) {
            case "", "text", "json_object" -> {
                // There is no more to it.
            }
            case "json_schema" -> {
                if (!(JsonTree.object(asked.get("json_schema")).get("schema") instanceof JsonObject)) {
                    throw Failure.invalid("response_format.json_schema.schema", "This provider wants a schema.")
                            .toException();
                }
            }
            default ->
                throw Failure.invalid("response_format.type", "This provider knows text, json_object and json_schema.")
                        .toException();
        }
        return new ResponseFormat(asked);
    }

    private boolean isJson() {
        return JsonTree.text(asked.get("type")).startsWith("json_");
    }

    private JsonObject schema() {
        return JsonTree.object(JsonTree.object(asked.get("json_schema")).get("schema"));
    }

    /** Binds the answer to it. */
    void bind(JsonObject config) {
        if (!isJson()) {
            return;
        }
        config.addProperty("responseMimeType", "application/json");
        var schema = schema();
        if (Schemas.isOwn(schema)) {
            config.add("responseSchema", schema);
        } else if (asked.has("json_schema")) {
            config.add("responseJsonSchema", Schemas.clean(schema));
        }
    }

    /** The same as a wish, for models that can't be bound while they have tools. */
    Optional<String> words() {
        if (!isJson()) {
            return Optional.empty();
        }
        var words = "Unless you call a function, answer with one valid JSON object and nothing else: no prose, no code"
                + " fence.";
        return Optional.of(asked.has("json_schema") ? words + " It has to fit this JSON schema: " + schema() : words);
    }
}
