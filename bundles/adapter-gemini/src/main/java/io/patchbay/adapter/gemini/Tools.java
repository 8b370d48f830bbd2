package io.patchbay.adapter.gemini;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.json.JsonTree;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the tools, and which of them the model may call. */
final class Tools {
    /** Tools that Google runs, by what clients call them. */
    private static final Map<String, String> GOOGLES_OWN = Map.ofEntries(
            Map.entry("google_search", "googleSearch"),
            Map.entry("googleSearch", "googleSearch"),
            Map.entry("web_search", "googleSearch"),
            Map.entry("web_search_preview", "googleSearch"),
            Map.entry("openrouter:web_search", "googleSearch"),
            Map.entry("google_search_retrieval", "googleSearchRetrieval"),
            Map.entry("googleSearchRetrieval", "googleSearchRetrieval"),
            Map.entry("url_context", "urlContext"),
            Map.entry("urlContext", "urlContext"),
            Map.entry("google_maps", "googleMaps"),
            Map.entry("googleMaps", "googleMaps"),
            Map.entry("code_execution", "codeExecution"),
            Map.entry("codeExecution", "codeExecution"));

    private Tools() {}

    static void add(JsonObject asked, JsonObject body) {
        var functions = new JsonArray();
        var own = new JsonObject();
        var all = JsonTree.array(asked.get("tools"));
        for (int i = 0; i < all.size(); i++) {
            add(JsonTree.object(all.get(i)), functions, own, "tools[" + i + "]");
        }
        if (asked.get("web_search_options") instanceof JsonObject && !own.has("googleSearch")) {
            own.add("googleSearch", new JsonObject());
        }
        var tools = new JsonArray();
        if (!functions.isEmpty()) {
            tools.add(Json.with("functionDeclarations", functions));
        }
        own.asMap().forEach((name, settings) -> tools.add(Json.with(name, settings)));
        Json.addUnlessEmpty(body, "tools", tools);
        var config = functions.isEmpty() ? new JsonObject() : choice(asked.get("tool_choice"));
        if (!config.isEmpty()) {
            body.add("toolConfig", Json.with("functionCallingConfig", config));
        }
    }

    private static void add(JsonObject tool, JsonArray functions, JsonObject own, String field) {
        var type = JsonTree.text(tool.get("type"));
        if (type.equals("function")) {
            functions.add(function(JsonTree.object(tool.get("function"))));
        } else if (GOOGLES_OWN.containsKey(type)) {
            own.add(GOOGLES_OWN.get(type), JsonTree.object(tool.get(type)));
        } else {
            // As Google writes them: {"google_search": {}}.
            var name = tool.keySet().stream().filter(GOOGLES_OWN::containsKey).findFirst();
            if (!type.isEmpty() || name.isEmpty()) {
                throw Failure.invalid(field + ".type", "This provider does not know this kind of tool.")
                        .toException();
            }
            own.add(GOOGLES_OWN.get(name.get()), JsonTree.object(tool.get(name.get())));
        }
    }

    private static JsonObject function(JsonObject asked) {
        var function = Json.with("name", JsonTree.text(asked.get("name")));
        var description = JsonTree.text(asked.get("description"));
        if (!description.isEmpty()) {
            function.addProperty("description", description);
        }
        var schema = JsonTree.object(asked.get("parameters"));
        if (!Schemas.isEmpty(schema)) {
            if (Schemas.isOwn(schema)) {
                function.add("parameters", schema);
            } else {
                function.add("parametersJsonSchema", Schemas.clean(schema));
            }
        }
        return function;
    }

    private static JsonObject choice(@Nullable JsonElement asked) {
        if (asked instanceof JsonObject one) {
            return chosen(one);
        }
        return switch (JsonTree.text(asked)) {
            case "auto" -> Json.with("mode", "AUTO");
            case "none" -> Json.with("mode", "NONE");
            case "required", "any" -> Json.with("mode", "ANY");
            case "" -> new JsonObject();
            default ->
                throw Failure.invalid("tool_choice", "This provider knows auto, none and required.")
                        .toException();
        };
    }

    private static JsonObject chosen(JsonObject choice) {
        var names = new JsonArray();
        var allowed = JsonTree.object(choice.get("allowed_tools"));
        switch (JsonTree.text(choice.get("type"))) {
            case "function" -> names.add(JsonTree.object(choice.get("function")).get("name"));
            case "allowed_tools" ->
                JsonTree.array(allowed.get("tools"))
                        .forEach(tool ->
                                names.add(JsonTree.object(JsonTree.object(tool).get("function"))
                                        .get("name")));
            default ->
                throw Failure.invalid("tool_choice.type", "This provider does not know this choice.")
                        .toException();
        }
        // VALIDATED is AUTO that minds the names.
        var mode = JsonTree.text(allowed.get("mode")).equals("auto") ? "VALIDATED" : "ANY";
        var config = Json.with("mode", mode);
        config.add("allowedFunctionNames", names);
        return config;
    }
}
