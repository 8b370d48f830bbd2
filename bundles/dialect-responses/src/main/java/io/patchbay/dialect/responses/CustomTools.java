package io.patchbay.dialect.responses;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.api.json.JsonTree;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.json.MalformedJson;
import java.util.HashSet;
import java.util.Set;

/**
 * Tools that take a text instead of arguments. No canonical tool does: to a model such a one is a function with one
 * parameter.
 */
final class CustomTools {
    private static final String INPUT = "input";

    private CustomTools() {}

    /** A tool of that kind, as a function. */
    static JsonObject function(JsonObject tool) {
        var text = new JsonObject();
        text.addProperty("type", "string");
        var format = JsonTree.object(tool.get("format"));
        if (format.has("definition")) {
            text.addProperty(
                    "description",
                    "A text of this grammar (" + JsonTree.text(format.get("syntax")) + "):\n"
                            + JsonTree.text(format.get("definition")));
        }
        var properties = new JsonObject();
        properties.add(INPUT, text);
        var required = new JsonArray();
        required.add(INPUT);
        var parameters = new JsonObject();
        parameters.addProperty("type", "object");
        parameters.add("properties", properties);
        parameters.add("required", required);
        parameters.addProperty("additionalProperties", false);
        var function = new JsonObject();
        function.add("name", tool.get("name"));
        if (tool.has("description")) {
            function.add("description", tool.get("description"));
        }
        function.add("parameters", parameters);
        return function;
    }

    /** The names of those among the tools of a request. */
    static Set<String> names(JsonObject asked) {
        var names = new HashSet<String>();
        for (var tool : JsonTree.array(asked.get("tools"))) {
            if (JsonTree.text(JsonTree.object(tool).get("type")).equals("custom")) {
                names.add(JsonTree.text(JsonTree.object(tool).get("name")));
            }
        }
        return Set.copyOf(names);
    }

    static String arguments(String input) {
        var arguments = new JsonObject();
        arguments.addProperty(INPUT, input);
        return arguments.toString();
    }

    /** What a model wrote as arguments; all of it if it did not keep to the form. */
    static String input(String arguments) {
        try {
            return JsonView.parse(arguments).string(INPUT).orElse(arguments);
        } catch (MalformedJson broken) {
            return arguments;
        }
    }
}
