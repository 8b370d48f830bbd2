package io.patchbay.dialect.responses;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.api.dialect.FieldRule;
import io.patchbay.api.json.JsonTree;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the tools, and which of them are to be called. */
final class ToolsReader {
    private ToolsReader() {}

    static void read(JsonObject asked, JsonObject request) {
        var tools = new JsonArray();
        var all = JsonTree.array(asked.get("tools"));
        for (int i = 0; i < all.size(); i++) {
            read(JsonTree.object(all.get(i)), "tools[" + i + ']', tools, request);
        }
        if (!tools.isEmpty()) {
            request.add("tools", tools);
        }
        var choice = asked.get("tool_choice");
        if (choice instanceof JsonObject named) {
            addNamed(named, request);
        } else if (!JsonTree.text(choice).isEmpty()) {
            request.add("tool_choice", choice);
        }
    }

    private static void read(JsonObject tool, String field, JsonArray tools, JsonObject request) {
        var type = JsonTree.text(tool.get("type"));
        switch (type) {
            case "function" -> {
                if (JsonTree.text(tool.get("name")).isEmpty()) {
                    throw FieldRule.wrong(field + ".name", "is missing");
                }
                var function = new JsonObject();
                for (var name : List.of("name", "description", "parameters", "strict")) {
                    JsonTree.copy(tool, name, function, name);
                }
                tools.add(canonical(function));
            }
            case "custom" -> tools.add(canonical(CustomTools.function(tool)));
            default -> {
                if (!type.startsWith("web_search")) {
                    throw FieldRule.wrong(
                            field + ".type", "must be one of function, custom, web_search: others can't be run here");
                }
                var options = new JsonObject();
                for (var name : List.of("search_context_size", "user_location")) {
                    JsonTree.copy(tool, name, options, name);
                }
                request.add("web_search_options", options);
            }
        }
    }

    private static JsonObject canonical(JsonObject function) {
        var tool = new JsonObject();
        tool.addProperty("type", "function");
        tool.add("function", function);
        return tool;
    }

    private static void addNamed(JsonObject choice, JsonObject request) {
        switch (JsonTree.text(choice.get("type"))) {
            case "function", "custom" -> {
                var function = new JsonObject();
                function.add("name", choice.get("name"));
                request.add("tool_choice", canonical(function));
            }
            case "allowed_tools" -> {
                keep(JsonTree.array(choice.get("tools")), request);
                var mode = JsonTree.text(choice.get("mode"));
                request.addProperty("tool_choice", mode.isEmpty() ? "auto" : mode);
            }
            default -> throw FieldRule.wrong("tool_choice.type", "must be one of function, custom, allowed_tools");
        }
    }

    /** Only the allowed ones are shown. */
    private static void keep(JsonArray allowed, JsonObject request) {
        var names = allowed.asList().stream()
                .map(tool -> name(JsonTree.object(tool)))
                .toList();
        JsonTree.array(request.get("tools"))
                .asList()
                .removeIf(tool -> !names.contains(
                        name(JsonTree.object(JsonTree.object(tool).get("function")))));
    }

    private static String name(@Nullable JsonObject named) {
        return named == null ? "" : JsonTree.text(named.get("name"));
    }
}
