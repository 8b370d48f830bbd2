package io.patchbay.adapter.anthropic;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.json.JsonTree;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes the tools, and which of them the model may call. */
final class Tools {
    /** Such as {@code web_search_20250305}: tools that Anthropic runs itself have a date. */
    private static final Pattern ANTHROPICS_OWN = Pattern.compile("[a-z_]+_\\d{8}");

    private Tools() {}

    static void add(JsonObject asked, ModelRules rules, JsonObject body) {
        var all = JsonTree.array(asked.get("tools"));
        if (all.isEmpty()) {
            return;
        }
        var tools = new JsonArray();
        for (int i = 0; i < all.size(); i++) {
            tools.add(tool(JsonTree.object(all.get(i)), rules, "tools[" + i + "]"));
        }
        body.add("tools", tools);
        var choice = choice(asked.get("tool_choice"));
        if (JsonTree.isFalse(asked.get("parallel_tool_calls")) && !isNone(choice)) {
            if (choice.isEmpty()) {
                choice.addProperty("type", "auto");
            }
            choice.addProperty("disable_parallel_tool_use", true);
        }
        if (!choice.isEmpty()) {
            body.add("tool_choice", choice);
        }
    }

    private static JsonObject tool(JsonObject asked, ModelRules rules, String field) {
        var type = JsonTree.text(asked.get("type"));
        if (ANTHROPICS_OWN.matcher(type).matches()) {
            return asked;
        }
        if (!type.equals("function")) {
            throw Failure.invalid(field + ".type", "This provider does not know this kind of tool.")
                    .toException();
        }
        var function = JsonTree.object(asked.get("function"));
        var tool = new JsonObject();
        tool.addProperty("name", JsonTree.text(function.get("name")));
        var description = JsonTree.text(function.get("description"));
        if (!description.isEmpty()) {
            tool.addProperty("description", description);
        }
        tool.add("input_schema", schema(JsonTree.object(function.get("parameters"))));
        if (rules.takesStrictTools() && JsonTree.isTrue(function.get("strict"))) {
            tool.addProperty("strict", true);
        }
        Json.addCacheControl(function, tool);
        Json.addCacheControl(asked, tool);
        return tool;
    }

    private static JsonObject schema(JsonObject parameters) {
        if (parameters.isEmpty()) {
            parameters.add("properties", new JsonObject());
        }
        if (!parameters.has("type")) {
            parameters.addProperty("type", "object");
        }
        return parameters;
    }

    private static JsonObject choice(@Nullable JsonElement asked) {
        if (asked instanceof JsonObject one) {
            if (!JsonTree.text(one.get("type")).equals("function")) {
                throw Failure.invalid("tool_choice.type", "This provider does not know this choice.")
                        .toException();
            }
            var choice = Json.typed("tool");
            choice.addProperty(
                    "name", JsonTree.text(JsonTree.object(one.get("function")).get("name")));
            return choice;
        }
        return switch (JsonTree.text(asked)) {
            case "auto" -> Json.typed("auto");
            case "none" -> Json.typed("none");
            case "required", "any" -> Json.typed("any");
            case "" -> new JsonObject();
            default ->
                throw Failure.invalid("tool_choice", "This provider knows auto, none and required.")
                        .toException();
        };
    }

    private static boolean isNone(JsonObject choice) {
        return JsonTree.text(choice.get("type")).equals("none");
    }
}
