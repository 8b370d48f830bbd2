package io.patchbay.adapter.mistral;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;

/**
 * What the assistant said before, thoughts first: Mistral wants them back in the content, where it put them. Thoughts of
 * other providers, which are signed, sealed or marked as theirs, are left out.
 */
final class AssistantContent {
    /** OpenRouter's word for thoughts in no special format: what {@link MistralDecoder} marks Mistral's with. */
    static final String FORMAT = "unknown";

    private AssistantContent() {}

    static JsonElement of(JsonObject message) {
        var content = message.has("content") ? message.get("content") : JsonNull.INSTANCE;
        var thoughts = thoughts(message);
        if (thoughts.isEmpty()) {
            return content.isJsonNull() && message.has("tool_calls") ? JsonNull.INSTANCE : content;
        }
        var parts = new JsonArray();
        parts.add(thinking(thoughts));
        if (content instanceof JsonArray said) {
            parts.addAll(said);
        } else if (!MistralRequest.text(content).isEmpty()) {
            parts.add(text(MistralRequest.text(content)));
        }
        return parts;
    }

    private static String thoughts(JsonObject message) {
        var thoughts = new StringBuilder();
        if (message.get("reasoning_details") instanceof JsonArray details) {
            for (var detail : details) {
                if (detail instanceof JsonObject object && isOurs(object)) {
                    thoughts.append(MistralRequest.text(object.get("text")));
                }
            }
        }
        return thoughts.toString();
    }

    private static boolean isOurs(JsonObject detail) {
        var format = MistralRequest.text(detail.get("format"));
        return MistralRequest.text(detail.get("type")).equals("reasoning.text")
                && MistralRequest.text(detail.get("signature")).isEmpty()
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
