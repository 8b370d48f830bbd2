package io.patchbay.presets;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.patchbay.api.json.JsonTree;
import io.patchbay.api.presets.Preset;
import java.util.HashSet;
import java.util.Set;

/** Fills in what a request leaves open: as OpenRouter has it, field by field, and tools by their names. */
final class Merge {
    private static final String TOOLS = "tools";
    private static final String MESSAGES = "messages";

    private Merge() {}

    /** @param asked the request's own fields, without those that name the preset */
    static JsonObject of(Preset preset, JsonObject asked) {
        var merged = preset.config().toTree();
        var tools = JsonTree.array(asked.get(TOOLS)).deepCopy();
        addMissing(JsonTree.array(merged.get(TOOLS)), tools);
        asked.entrySet().forEach(field -> merged.add(field.getKey(), field.getValue()));
        if (!tools.isEmpty()) {
            merged.add(TOOLS, tools);
        }
        if (!preset.systemPrompt().isEmpty()) {
            merged.add(MESSAGES, beginningWith(preset.systemPrompt(), JsonTree.array(asked.get(MESSAGES))));
        }
        return merged;
    }

    private static void addMissing(JsonArray defaults, JsonArray tools) {
        Set<String> known = new HashSet<>();
        tools.forEach(tool -> known.add(name(tool)));
        for (var tool : defaults) {
            if (known.add(name(tool))) {
                tools.add(tool);
            }
        }
    }

    /** Of a function; of another tool its type. */
    private static String name(JsonElement tool) {
        var name = JsonTree.text(
                JsonTree.object(JsonTree.object(tool).get("function")).get("name"));
        return name.isEmpty() ? JsonTree.text(JsonTree.object(tool).get("type")) : "function " + name;
    }

    private static JsonArray beginningWith(String systemPrompt, JsonArray messages) {
        var system = new JsonObject();
        system.addProperty("role", "system");
        system.addProperty("content", systemPrompt);
        var all = new JsonArray();
        all.add(system);
        all.addAll(messages);
        return all;
    }
}
