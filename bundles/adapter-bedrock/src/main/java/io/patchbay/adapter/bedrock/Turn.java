package io.patchbay.adapter.bedrock;

import com.google.gson.JsonArray;
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

    JsonObject message() {
        var content = new JsonArray();
        content.addAll(results);
        content.addAll(blocks);
        var message = new JsonObject();
        message.addProperty("role", role);
        message.add("content", content);
        return message;
    }

    boolean has(String kind) {
        return blocks.asList().stream().anyMatch(block -> JsonTree.object(block).has(kind));
    }

    boolean beginsWithThought() {
        return !blocks.isEmpty() && JsonTree.object(blocks.get(0)).has("reasoningContent");
    }

    /** Bedrock takes no document without a text beside it. */
    void mendDocuments() {
        if (has("document") && !has("text")) {
            blocks.add(Json.of("text", "See the document."));
        }
    }

    /** An answer that the model is to go on with must not end in blanks. */
    void trimPrefill() {
        if (role.equals("assistant") && !blocks.isEmpty()) {
            var last = JsonTree.object(blocks.get(blocks.size() - 1));
            if (last.has("text")) {
                last.addProperty("text", JsonTree.text(last.get("text")).stripTrailing());
            }
        }
    }
}
