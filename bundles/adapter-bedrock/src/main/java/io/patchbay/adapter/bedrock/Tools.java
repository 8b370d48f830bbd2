package io.patchbay.adapter.bedrock;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.json.JsonTree;
import java.util.Set;

/**
 * The tools of one request.
 *
 * @param specs in Bedrock's form, cache points included
 * @param choice what the model is to do with them
 * @param oneAtATime whether it may call one only
 * @param areForHistoryOnly whether they are there because Bedrock wants to know the tools that were called before, and
 *     the client wants no further calls
 */
record Tools(JsonArray specs, ToolChoice choice, boolean oneAtATime, boolean areForHistoryOnly) {
    private static final String NO_CALLS = "Do not call any tool now. Answer with text.";

    /**
     * Reads them.
     *
     * @param called names of the tools called so far
     */
    static Tools of(JsonObject asked, Set<String> called, ResponseFormat format, ModelRules rules) {
        var choice = ToolChoice.of(asked.get("tool_choice"));
        var specs = specs(JsonTree.array(asked.get("tools")), rules);
        boolean mayCall = !choice.isNone() && !specs.isEmpty();
        if (!mayCall && called.isEmpty()) {
            specs = new JsonArray();
        } else if (specs.isEmpty()) {
            called.stream().map(name -> spec(name, new JsonObject())).forEach(specs::add);
        }
        boolean areForHistoryOnly = !mayCall && !specs.isEmpty();
        if (format.tool().isPresent() && !(mayCall && choice.isForced())) {
            // What calls a tool of the client's own instead is a step before the answer. Where there is one tool only,
            // "any" says the same as its name, and more models understand it.
            choice = areForHistoryOnly ? ToolChoice.only(ResponseFormat.TOOL) : ToolChoice.ANY;
            specs.add(format.tool().get());
            areForHistoryOnly = false;
        }
        boolean oneAtATime = JsonTree.isFalse(asked.get("parallel_tool_calls")) && rules.takesSingleCalls();
        return new Tools(specs, areForHistoryOnly ? ToolChoice.AUTO : choice, oneAtATime, areForHistoryOnly);
    }

    boolean areForced() {
        return !specs.isEmpty() && choice.isForced();
    }

    /**
     * Writes them.
     *
     * @param system blocks for the system field
     * @param additional fields in the model's own words
     */
    void add(JsonObject body, JsonArray system, JsonObject additional) {
        if (specs.isEmpty()) {
            return;
        }
        var config = Json.of("tools", specs);
        if (oneAtATime && !areForHistoryOnly) {
            additional.add("tool_choice", choice.toSingleCall());
        } else if (choice.isForced()) {
            // "auto" is what everybody does unasked, and what some models don't want to be told.
            config.add("toolChoice", choice.toConverse());
        }
        body.add("toolConfig", config);
        if (areForHistoryOnly) {
            system.add(Json.of("text", NO_CALLS));
        }
    }

    private static JsonArray specs(JsonArray tools, ModelRules rules) {
        var specs = new JsonArray();
        for (int i = 0; i < tools.size(); i++) {
            var tool = JsonTree.object(tools.get(i));
            if (!JsonTree.text(tool.get("type")).equals("function")) {
                throw Failure.invalid("tools[" + i + "].type", "This provider does not know this kind of tool.")
                        .toException();
            }
            var function = JsonTree.object(tool.get("function"));
            var parameters = JsonTree.object(function.get("parameters"));
            var entry = spec(JsonTree.text(function.get("name")), parameters);
            specs.add(entry);
            var spec = JsonTree.object(entry.get("toolSpec"));
            var description = JsonTree.text(function.get("description"));
            if (!description.isBlank()) {
                spec.addProperty("description", description);
            }
            if (rules.takesSchema() && JsonTree.isTrue(function.get("strict"))) {
                spec.addProperty("strict", true);
            }
            if (rules.isClaude()) {
                CachePoints.add(function, rules, specs);
                CachePoints.add(tool, rules, specs);
            }
        }
        return specs;
    }

    static JsonObject spec(String name, JsonObject parameters) {
        if (!parameters.has("type")) {
            parameters.addProperty("type", "object");
        }
        var spec = Json.of("name", name);
        spec.add("inputSchema", Json.of("json", parameters));
        return Json.of("toolSpec", spec);
    }
}
