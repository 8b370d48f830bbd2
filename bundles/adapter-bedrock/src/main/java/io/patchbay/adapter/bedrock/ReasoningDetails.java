package io.patchbay.adapter.bedrock;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.api.json.JsonTree;

/**
 * Thoughts, in both directions. Some models sign them, or encrypt them, and want them back as they were. In the
 * canonical form they carry a {@code format}, so that no other maker's thoughts are sent to a model.
 */
final class ReasoningDetails {
    private static final String CLAUDES = "anthropic-claude-v1";
    private static final String NOVAS = "amazon-nova-v1";
    private static final String NOBODYS = "unknown";

    private ReasoningDetails() {}

    /** Whose thoughts these are. A Claude's are the same here and at Anthropic. */
    static String format(ModelRules rules) {
        if (rules.isClaude()) {
            return CLAUDES;
        }
        return rules.isNova() ? NOVAS : NOBODYS;
    }

    /** A thought as the client sees it. */
    static JsonObject text(String text, String signature, String format, int index) {
        var detail = detail("reasoning.text", "text", text);
        if (!signature.isEmpty()) {
            detail.addProperty("signature", signature);
        }
        return numbered(detail, format, index);
    }

    /** A thought that nobody but its model can read. */
    static JsonObject encrypted(String data, String format, int index) {
        return numbered(detail("reasoning.encrypted", "data", data), format, index);
    }

    private static JsonObject detail(String type, String name, String value) {
        var detail = new JsonObject();
        detail.addProperty("type", type);
        detail.addProperty(name, value);
        return detail;
    }

    private static JsonObject numbered(JsonObject detail, String format, int index) {
        detail.addProperty("format", format);
        detail.addProperty("index", index);
        return detail;
    }

    /** The thoughts of an earlier turn, to be sent back. Unsigned ones are left out: they would be refused. */
    static JsonArray blocks(JsonArray details, ModelRules rules) {
        var blocks = new JsonArray();
        var open = new StringBuilder();
        var index = "";
        for (var element : details) {
            var detail = JsonTree.object(element);
            if (!isFor(rules, JsonTree.text(detail.get("format")))) {
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
                        var signed = Json.of("text", open.toString());
                        signed.addProperty("signature", signature);
                        blocks.add(Json.of("reasoningContent", Json.of("reasoningText", signed)));
                        open.setLength(0);
                    }
                }
                case "reasoning.encrypted" -> {
                    if (!data.isEmpty()) {
                        blocks.add(Json.of("reasoningContent", Json.of("redactedContent", data)));
                    }
                }
                default -> {
                    // A summary, which no model here gives.
                }
            }
        }
        return blocks;
    }

    /** Clients may have lost the format. Only with Claude is it likely that the thought is its own then. */
    private static boolean isFor(ModelRules rules, String format) {
        var own = format(rules);
        return !own.equals(NOBODYS) && (format.equals(own) || format.isEmpty() && rules.isClaude());
    }
}
