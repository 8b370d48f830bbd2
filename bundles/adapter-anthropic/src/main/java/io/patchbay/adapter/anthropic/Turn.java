package io.patchbay.adapter.anthropic;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.patchbay.api.json.JsonTree;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One turn while it is put together. For one thread.
 *
 * @param role who speaks
 * @param results of tools, which come first
 * @param blocks what else is said
 * @param open where in the request the calls stand that have no result yet, by their ids
 */
record Turn(String role, JsonArray results, JsonArray blocks, Map<String, String> open) {
    static Turn of(String role) {
        return new Turn(role, new JsonArray(), new JsonArray(), new LinkedHashMap<>());
    }

    JsonArray content() {
        var content = new JsonArray();
        content.addAll(results);
        content.addAll(blocks);
        return content;
    }

    boolean hasCalls() {
        return blocks.asList().stream().anyMatch(block -> type(block).equals("tool_use"));
    }

    boolean beginsWithThought() {
        return !blocks.isEmpty() && ReasoningDetails.isThought(blocks.get(0));
    }

    /** An answer that the model is to go on with must not end in blanks. */
    void trimPrefill() {
        if (role.equals("assistant") && type(blocks.get(blocks.size() - 1)).equals("text")) {
            var last = JsonTree.object(blocks.get(blocks.size() - 1));
            last.addProperty("text", JsonTree.text(last.get("text")).stripTrailing());
        }
    }

    /** Marks all up to its end as worth caching. Thoughts can't be marked. */
    void cache(JsonObject control) {
        var content = content();
        for (int i = content.size() - 1; i >= 0; i--) {
            var block = JsonTree.object(content.get(i));
            if (!type(block).endsWith("thinking")) {
                if (!block.has("cache_control")) {
                    block.add("cache_control", control);
                }
                return;
            }
        }
    }

    private static String type(JsonElement block) {
        return JsonTree.text(JsonTree.object(block).get("type"));
    }
}
