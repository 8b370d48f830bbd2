package io.patchbay.adapter.cohere;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.json.JsonTree;
import java.util.Set;

/** Writes the tools and how they are to be chosen. Cohere can't be told to call one at a time: that wish is left out. */
final class Tools {
    private Tools() {}

    static void add(JsonObject json, JsonObject body) {
        var asked = JsonTree.array(json.get("tools"));
        if (asked.isEmpty()) {
            return;
        }
        var choice = json.get("tool_choice");
        // Cohere knows no choice by name: the one that must be called is the only one there is.
        var chosen = choice instanceof JsonObject one ? named(one) : Set.<String>of();
        var tools = new JsonArray();
        boolean strict = true;
        for (int i = 0; i < asked.size(); i++) {
            var tool = JsonTree.object(asked.get(i));
            if (!JsonTree.text(tool.get("type")).equals("function")) {
                throw Failure.invalid("tools[" + i + "].type", "This provider knows no tools but functions.")
                        .toException();
            }
            var function = JsonTree.object(tool.get("function"));
            if (chosen.isEmpty() || chosen.contains(JsonTree.text(function.get("name")))) {
                strict &= JsonTree.text(function.get("strict")).equals("true");
                tools.add(tool(function));
            }
        }
        if (tools.isEmpty()) {
            throw Failure.invalid("tool_choice", "The tool chosen is not among the tools.")
                    .toException();
        }
        body.add("tools", tools);
        // It is for all tools or none; and it would change what a tool that did not ask for it may be called with.
        if (strict && !body.has("strict_tools")) {
            body.addProperty("strict_tools", true);
        }
        if (choice instanceof JsonObject || JsonTree.text(choice).equals("required")) {
            body.addProperty("tool_choice", "REQUIRED");
        } else if (JsonTree.text(choice).equals("none")) {
            body.addProperty("tool_choice", "NONE");
        }
    }

    private static Set<String> named(JsonObject choice) {
        var name = JsonTree.text(JsonTree.object(choice.get("function")).get("name"));
        if (name.isEmpty()) {
            throw Failure.invalid("tool_choice", "This provider does not know this kind of choice.")
                    .toException();
        }
        return Set.of(name);
    }

    private static JsonObject tool(JsonObject asked) {
        var function = new JsonObject();
        for (var name : new String[] {"name", "description"}) {
            if (!JsonTree.text(asked.get(name)).isEmpty()) {
                function.add(name, asked.get(name));
            }
        }
        var parameters = JsonTree.object(asked.get("parameters"));
        if (parameters.isEmpty()) {
            parameters.addProperty("type", "object");
            parameters.add("properties", new JsonObject());
        }
        function.add("parameters", parameters);
        var tool = new JsonObject();
        tool.addProperty("type", "function");
        tool.add("function", function);
        return tool;
    }
}
