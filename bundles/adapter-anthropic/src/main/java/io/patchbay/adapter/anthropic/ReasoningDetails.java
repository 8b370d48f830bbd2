package io.patchbay.adapter.anthropic;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.patchbay.api.json.JsonTree;

/**
 * Thoughts, in both directions. Anthropic signs them, or encrypts them, and wants them back as they were. In the
 * canonical form they carry a {@code format}, so that no other model's thoughts are sent to it.
 */
final class ReasoningDetails {
    static final String FORMAT = "anthropic-claude-v1";

    private ReasoningDetails() {}

    /** A thought as the client sees it. */
    static JsonObject text(String text, String signature, int index) {
        var detail = Json.typed("reasoning.text");
        detail.addProperty("text", text);
        if (!signature.isEmpty()) {
            detail.addProperty("signature", signature);
        }
        return numbered(detail, index);
    }

    /** A thought that nobody but Anthropic can read. */
    static JsonObject encrypted(String data, int index) {
        var detail = Json.typed("reasoning.encrypted");
        detail.addProperty("data", data);
        return numbered(detail, index);
    }

    private static JsonObject numbered(JsonObject detail, int index) {
        detail.addProperty("format", FORMAT);
        detail.addProperty("index", index);
        return detail;
    }

    /** The thoughts of an earlier turn, to be sent back. Unsigned ones are left out: Anthropic would refuse them. */
    static JsonArray blocks(JsonArray details) {
        var blocks = new JsonArray();
        var open = new StringBuilder();
        var index = "";
        for (var element : details) {
            var detail = JsonTree.object(element);
            var format = JsonTree.text(detail.get("format"));
            if (!format.isEmpty() && !format.equals(FORMAT)) {
                continue;
            }
            // Clients that gather a stream may hand back each piece as it came: the signature ends a thought.
            if (!JsonTree.text(detail.get("index")).equals(index)) {
                open.setLength(0);
                index = JsonTree.text(detail.get("index"));
            }
            var signature = JsonTree.text(detail.get("signature"));
            var data = JsonTree.text(detail.get("data"));
            switch (JsonTree.text(detail.get("type"))) {
                case "reasoning.text" -> {
                    open.append(JsonTree.text(detail.get("text")));
                    if (!signature.isEmpty()) {
                        blocks.add(thinking(open.toString(), signature));
                        open.setLength(0);
                    }
                }
                case "reasoning.encrypted" -> {
                    if (!data.isEmpty()) {
                        blocks.add(redacted(data));
                    }
                }
                default -> {
                    // A summary, or what Anthropic never said.
                }
            }
        }
        return blocks;
    }

    /** Whether a block is one. */
    static boolean isThought(JsonElement block) {
        return JsonTree.text(JsonTree.object(block).get("type")).endsWith("thinking");
    }

    private static JsonObject thinking(String text, String signature) {
        var block = Json.typed("thinking");
        block.addProperty("thinking", text);
        block.addProperty("signature", signature);
        return block;
    }

    private static JsonObject redacted(String data) {
        var block = Json.typed("redacted_thinking");
        block.addProperty("data", data);
        return block;
    }
}
