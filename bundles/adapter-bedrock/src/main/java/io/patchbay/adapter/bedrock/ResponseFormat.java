package io.patchbay.adapter.bedrock;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.json.JsonTree;
import io.patchbay.api.json.JsonView;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The form the answer has to have.
 *
 * @param outputConfig what binds a model that can be bound
 * @param tool what another one is made to call, so that the arguments are the answer
 * @param instruction what is said to it where nothing can bind it: Bedrock has no JSON without a schema
 */
record ResponseFormat(Optional<JsonObject> outputConfig, Optional<JsonObject> tool, Optional<JsonObject> instruction) {
    /** Name of the tool whose arguments are the answer. */
    static final String TOOL = "patchbay_answer";

    private static final ResponseFormat FREE = new ResponseFormat(Optional.empty(), Optional.empty(), Optional.empty());
    private static final Pattern NOT_IN_NAME = Pattern.compile("[^a-zA-Z0-9_-]");
    private static final int LONGEST_NAME = 64;

    static ResponseFormat of(JsonObject asked, ModelRules rules) {
        return switch (JsonTree.text(asked.get("type"))) {
            case "", "text" -> FREE;
            case "json_object" ->
                new ResponseFormat(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(Json.of(
                                "text",
                                "Answer with one valid JSON object and nothing else: no prose, no code fence.")));
            case "json_schema" -> ofSchema(JsonTree.object(asked.get("json_schema")), rules);
            default ->
                throw Failure.invalid("response_format.type", "This provider knows text, json_object and json_schema.")
                        .toException();
        };
    }

    /** Whether the answer to a request comes as the arguments of a tool. */
    static boolean isByTool(JsonView request, ModelRules rules) {
        return !rules.takesSchema()
                && request.object("response_format")
                        .flatMap(format -> format.string("type"))
                        .filter("json_schema"::equals)
                        .isPresent();
    }

    private static ResponseFormat ofSchema(JsonObject asked, ModelRules rules) {
        if (!(asked.get("schema") instanceof JsonObject schema)) {
            throw Failure.invalid("response_format.json_schema.schema", "This provider wants a schema.")
                    .toException();
        }
        var description = JsonTree.text(asked.get("description"));
        if (!rules.takesSchema()) {
            var tool = Tools.spec(TOOL, schema);
            JsonTree.object(tool.get("toolSpec"))
                    .addProperty("description", description.isBlank() ? "Gives the final answer." : description);
            return new ResponseFormat(Optional.empty(), Optional.of(tool), Optional.empty());
        }
        close(schema);
        var definition = Json.of("schema", schema.toString());
        definition.addProperty("name", name(JsonTree.text(asked.get("name"))));
        if (!description.isBlank()) {
            definition.addProperty("description", description);
        }
        var format = Json.of("type", "json_schema");
        format.add("structure", Json.of("jsonSchema", definition));
        return new ResponseFormat(Optional.of(Json.of("textFormat", format)), Optional.empty(), Optional.empty());
    }

    private static String name(String asked) {
        var name = NOT_IN_NAME.matcher(asked).replaceAll("_");
        return name.isEmpty() ? "response" : name.substring(0, Math.min(name.length(), LONGEST_NAME));
    }

    /** Bedrock wants every object closed. What fits a closed one fits an open one too. */
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
