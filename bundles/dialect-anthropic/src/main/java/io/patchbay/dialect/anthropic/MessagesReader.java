package io.patchbay.dialect.anthropic;

import static io.patchbay.api.dialect.FieldRule.arrayOf;
import static io.patchbay.api.dialect.FieldRule.integer;
import static io.patchbay.api.dialect.FieldRule.kind;
import static io.patchbay.api.dialect.FieldRule.number;
import static io.patchbay.api.dialect.FieldRule.text;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.dialect.FieldRule;
import io.patchbay.api.dialect.Parts;
import io.patchbay.api.dialect.RequestBody;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.json.JsonKind;
import io.patchbay.api.json.JsonTree;
import io.patchbay.api.json.JsonView;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a request into the canonical form, and checks what Anthropic's documentation says of its fields. */
final class MessagesReader {
    private static final int MOST_MESSAGES = 100_000;

    private static final Map<String, FieldRule> RULES = Map.ofEntries(
            Map.entry("model", text(256)),
            Map.entry("models", arrayOf(JsonKind.STRING, 10)),
            Map.entry("max_tokens", integer(1)),
            Map.entry("messages", arrayOf(JsonKind.OBJECT, MOST_MESSAGES)),
            Map.entry("system", kind(JsonKind.STRING, JsonKind.ARRAY)),
            Map.entry("stream", kind(JsonKind.BOOLEAN)),
            Map.entry("temperature", number(0, 2)),
            Map.entry("top_p", number(0, 1)),
            Map.entry("top_k", integer(0)),
            Map.entry("stop_sequences", arrayOf(JsonKind.STRING, 8_192)),
            Map.entry("tools", arrayOf(JsonKind.OBJECT, 1_024)),
            Map.entry("tool_choice", kind(JsonKind.OBJECT)),
            Map.entry("thinking", kind(JsonKind.OBJECT)),
            Map.entry("output_config", kind(JsonKind.OBJECT)),
            Map.entry("metadata", kind(JsonKind.OBJECT)),
            Map.entry("service_tier", kind(JsonKind.STRING)),
            Map.entry("cache_control", kind(JsonKind.OBJECT)),
            Map.entry("provider", kind(JsonKind.OBJECT)),
            Map.entry("plugins", arrayOf(JsonKind.OBJECT, 32)));

    /** What reads the same in the canonical form. */
    private static final List<String> SAME = List.of(
            "model",
            "models",
            "max_tokens",
            "stream",
            "temperature",
            "top_p",
            "top_k",
            "cache_control",
            "provider",
            "plugins",
            "route",
            "session_id",
            "trace",
            "user",
            "preset",
            "verbosity");

    private MessagesReader() {}

    /** @throws io.patchbay.api.failure.FailureException INVALID_REQUEST that names the field */
    static ChatRequest read(byte[] body) {
        var json = RequestBody.checked(body, RULES);
        RequestBody.requireModel(json);
        return ChatRequest.of(JsonView.of(canonical(json.toTree())));
    }

    private static JsonObject canonical(JsonObject asked) {
        var request = new JsonObject();
        for (var name : SAME) {
            JsonTree.copy(asked, name, request, name);
        }
        nameModels(request);
        var messages = new JsonArray();
        addSystem(asked.get("system"), messages);
        var all = JsonTree.array(asked.get("messages"));
        if (all.isEmpty()) {
            throw FieldRule.wrong("messages", "must have at least one message");
        }
        for (int i = 0; i < all.size(); i++) {
            MessageReader.read(JsonTree.object(all.get(i)), "messages[" + i + ']', messages);
        }
        request.add("messages", messages);
        addTools(asked, request);
        addThinking(asked, request);
        addOutput(JsonTree.object(asked.get("output_config")), request);
        addRest(asked, request);
        return request;
    }

    /** Another name for the same model is what to fall back on first. */
    private static void nameModels(JsonObject request) {
        var names = ClaudeNames.of(JsonTree.text(request.get("model")));
        if (names.get(0).isEmpty()) {
            return;
        }
        request.addProperty("model", names.get(0));
        if (names.size() > 1) {
            var models = new JsonArray();
            names.subList(1, names.size()).forEach(models::add);
            models.addAll(JsonTree.array(request.get("models")));
            request.add("models", models);
        }
    }

    private static void addSystem(@Nullable JsonElement system, JsonArray messages) {
        boolean isEmpty = system == null
                || system.isJsonNull()
                || system instanceof JsonArray blocks && blocks.isEmpty()
                || system.isJsonPrimitive() && system.getAsString().isBlank();
        if (isEmpty) {
            return;
        }
        var message = new JsonObject();
        message.addProperty("role", "system");
        message.add("content", system instanceof JsonArray blocks ? Parts.content(texts(blocks)) : system);
        messages.add(message);
    }

    private static JsonArray texts(JsonArray blocks) {
        var parts = new JsonArray();
        for (int i = 0; i < blocks.size(); i++) {
            var block = JsonTree.object(blocks.get(i));
            if (!JsonTree.text(block.get("type")).equals("text")) {
                throw FieldRule.wrong("system[" + i + "].type", "must be text");
            }
            parts.add(block);
        }
        return parts;
    }

    private static void addTools(JsonObject asked, JsonObject request) {
        var tools = new JsonArray();
        var all = JsonTree.array(asked.get("tools"));
        for (int i = 0; i < all.size(); i++) {
            tools.add(tool(JsonTree.object(all.get(i)), "tools[" + i + ']'));
        }
        if (!tools.isEmpty()) {
            request.add("tools", tools);
        }
        var choice = JsonTree.object(asked.get("tool_choice"));
        switch (JsonTree.text(choice.get("type"))) {
            case "" -> {}
            case "auto", "none" -> request.add("tool_choice", choice.get("type"));
            case "any" -> request.addProperty("tool_choice", "required");
            case "tool" -> {
                var function = new JsonObject();
                function.addProperty("name", JsonTree.text(choice.get("name")));
                var named = new JsonObject();
                named.addProperty("type", "function");
                named.add("function", function);
                request.add("tool_choice", named);
            }
            default -> throw FieldRule.wrong("tool_choice.type", "must be one of auto, any, tool, none");
        }
        if (JsonTree.isTrue(choice.get("disable_parallel_tool_use"))) {
            request.addProperty("parallel_tool_calls", false);
        }
    }

    /** Anthropic's own tools have a type with a date; whoever can run them knows what to do with it. */
    private static JsonObject tool(JsonObject tool, String field) {
        var type = JsonTree.text(tool.get("type"));
        if (!type.isEmpty() && !type.equals("custom")) {
            return tool;
        }
        if (JsonTree.text(tool.get("name")).isEmpty()) {
            throw FieldRule.wrong(field + ".name", "is missing");
        }
        var function = new JsonObject();
        JsonTree.copy(tool, "name", function, "name");
        JsonTree.copy(tool, "description", function, "description");
        JsonTree.copy(tool, "input_schema", function, "parameters");
        JsonTree.copy(tool, "strict", function, "strict");
        var canonical = new JsonObject();
        canonical.addProperty("type", "function");
        canonical.add("function", function);
        JsonTree.copy(tool, "cache_control", canonical, "cache_control");
        return canonical;
    }

    private static void addThinking(JsonObject asked, JsonObject request) {
        var thinking = JsonTree.object(asked.get("thinking"));
        var reasoning = new JsonObject();
        switch (JsonTree.text(thinking.get("type"))) {
            case "" -> {}
            case "enabled" -> {
                if (!JsonTree.isNumber(thinking.get("budget_tokens"))) {
                    throw FieldRule.wrong("thinking.budget_tokens", "must be a number");
                }
                reasoning.add("max_tokens", thinking.get("budget_tokens"));
            }
            case "adaptive" -> reasoning.addProperty("enabled", true);
            case "disabled" -> reasoning.addProperty("enabled", false);
            default -> throw FieldRule.wrong("thinking.type", "must be one of enabled, adaptive, disabled");
        }
        if (JsonTree.text(thinking.get("display")).equals("omitted")) {
            reasoning.addProperty("exclude", true);
        }
        if (!reasoning.isEmpty()) {
            request.add("reasoning", reasoning);
        }
    }

    private static void addOutput(JsonObject config, JsonObject request) {
        var effort = JsonTree.text(config.get("effort"));
        if (!effort.isEmpty()) {
            var reasoning = JsonTree.object(request.get("reasoning"));
            if (!JsonTree.isFalse(reasoning.get("enabled")) && !reasoning.has("max_tokens")) {
                reasoning.addProperty("effort", effort);
                request.add("reasoning", reasoning);
            }
        }
        var format = JsonTree.object(config.get("format"));
        if (format.isEmpty()) {
            return;
        }
        if (!JsonTree.text(format.get("type")).equals("json_schema")) {
            throw FieldRule.wrong("output_config.format.type", "must be json_schema");
        }
        var schema = new JsonObject();
        schema.addProperty("name", "answer");
        schema.addProperty("strict", true);
        JsonTree.copy(format, "schema", schema, "schema");
        var asked = new JsonObject();
        asked.addProperty("type", "json_schema");
        asked.add("json_schema", schema);
        request.add("response_format", asked);
    }

    private static void addRest(JsonObject asked, JsonObject request) {
        JsonTree.copy(asked, "stop_sequences", request, "stop");
        var user = JsonTree.text(JsonTree.object(asked.get("metadata")).get("user_id"));
        if (!user.isEmpty() && !request.has("user")) {
            request.addProperty("user", user);
        }
        var tier = JsonTree.text(asked.get("service_tier"));
        if (!tier.isEmpty()) {
            request.addProperty("service_tier", tier.equals("standard_only") ? "default" : tier);
        } else if (JsonTree.text(asked.get("speed")).equals("fast")) {
            request.addProperty("service_tier", "priority");
        }
        for (var fallback : JsonTree.array(asked.get("fallbacks"))) {
            var name = fallback instanceof JsonObject one ? JsonTree.text(one.get("model")) : JsonTree.text(fallback);
            if (!name.isEmpty()) {
                addModel(name, request);
            }
        }
        if (!JsonTree.array(asked.get("mcp_servers")).isEmpty()) {
            throw Failure.invalid("mcp_servers", "'mcp_servers' is not supported here: connect to them in the client.")
                    .toException();
        }
    }

    private static void addModel(String name, JsonObject request) {
        var models = JsonTree.array(request.get("models"));
        models.add(name);
        request.add("models", models);
    }
}
