package io.patchbay.adapter.anthropic;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.json.JsonTree;
import java.util.Optional;

/**
 * The form the answer has to have.
 *
 * @param schema what binds the model
 * @param instruction what is said to it where nothing can bind it: Anthropic has no JSON without a schema
 */
record ResponseFormat(Optional<JsonObject> schema, Optional<JsonObject> instruction) {
    static ResponseFormat of(JsonObject asked, ModelRules rules) {
        var type = JsonTree.text(asked.get("type"));
        return switch (type) {
            case "", "text" -> new ResponseFormat(Optional.empty(), Optional.empty());
            case "json_object" -> {
                var instruction = Json.typed("text");
                instruction.addProperty(
                        "text", "Answer with one valid JSON object and nothing else: no prose, no code fence.");
                yield new ResponseFormat(Optional.empty(), Optional.of(instruction));
            }
            case "json_schema" -> new ResponseFormat(Optional.of(schema(asked, rules)), Optional.empty());
            default ->
                throw Failure.invalid("response_format.type", "This provider knows text, json_object and json_schema.")
                        .toException();
        };
    }

    private static JsonObject schema(JsonObject asked, ModelRules rules) {
        var schema = JsonTree.object(asked.get("json_schema")).get("schema");
        if (!rules.takesSchema()) {
            throw Failure.invalid("response_format", "This model can't be bound to a JSON schema.")
                    .toException();
        }
        if (!(schema instanceof JsonObject)) {
            throw Failure.invalid("response_format.json_schema.schema", "This provider wants a schema.")
                    .toException();
        }
        close(schema);
        var format = Json.typed("json_schema");
        format.add("schema", schema);
        return format;
    }

    /** Anthropic wants every object closed. What fits a closed one fits an open one too. */
    private static void close(JsonElement schema) {
        if (schema instanceof JsonArray several) {
            several.forEach(ResponseFormat::close);
        } else if (schema instanceof JsonObject one) {
            one.asMap().values().forEach(ResponseFormat::close);
            if (JsonTree.text(one.get("type")).equals("object") && !one.has("additionalProperties")) {
                one.addProperty("additionalProperties", false);
            }
        }
    }
}
