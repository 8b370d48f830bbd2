package io.patchbay.adapter.mistral;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.patchbay.api.json.JsonTree;

/**
 * What the assistant said before, thoughts first: Mistral wants them back in the content, where it put them. Thoughts of
 * other providers, which are signed, sealed or marked as theirs, are left out.
 */
final class AssistantContent {
    /** OpenRouter's word for thoughts in no special format: what {@link MistralDecoder} marks Mistral's with. */
    static final String FORMAT = "unknown";

    private AssistantContent() {}

    /** @param content what it said in words, in Mistral's parts */
    static JsonElement of(JsonObject message, JsonElement content) {
        var thoughts = thoughts(message);
        if (thoughts.isEmpty()) {
            return content;
        }
        var parts = new JsonArray();
        parts.add(thinking(thoughts));
        if (content instanceof JsonArray said) {
            parts.addAll(said);
        } else if (!JsonTree.text(content).isEmpty()) {
            parts.add(text(JsonTree.text(content)));
        }
        return parts;
    }

    /** Whether thoughts of an earlier turn go back to Mistral. */
    static boolean hasThoughts(JsonObject message) {
        return !thoughts(message).isEmpty();
    }

    private static String thoughts(JsonObject message) {
        var thoughts = new StringBuilder();
        if (message.get("reasoning_details") instanceof JsonArray details) {
            for (var detail : details) {
                if (detail instanceof JsonObject object && isOurs(object)) {
                    thoughts.append(JsonTree.text(object.get("text")));
                }
            }
        }
        return thoughts.toString();
    }

    private static boolean isOurs(JsonObject detail) {
        var format = JsonTree.text(detail.get("format"));
        return JsonTree.text(detail.get("type")).equals("reasoning.text")
                && JsonTree.text(detail.get("signature")).isEmpty()
                && (format.isEmpty() || format.equals(FORMAT));
    }

    private static JsonObject thinking(String thoughts) {
        var inner = new JsonArray();
        inner.add(text(thoughts));
        var part = new JsonObject();
        part.addProperty("type", "thinking");
        part.add("thinking", inner);
        return part;
    }

    private static JsonObject text(String text) {
        var part = new JsonObject();
        part.addProperty("type", "text");
        part.addProperty("text", text);
        return part;
    }
}
