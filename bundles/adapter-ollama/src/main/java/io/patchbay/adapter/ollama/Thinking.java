package io.patchbay.adapter.ollama;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.chat.ReasoningWish;
import io.patchbay.api.json.JsonTree;
import java.util.Optional;

/** Thoughts, in both directions. They are plain text: nothing in them is signed or hidden. */
final class Thinking {
    private static final String REASONING = "reasoning";

    private Thinking() {}

    /** What to ask for: yes, no or a level; empty to leave it to the model. */
    static Optional<JsonPrimitive> of(ChatRequest request, Endpoint endpoint) {
        var supported = endpoint.supportedParameters();
        if (!supported.isEmpty() && !supported.contains(REASONING) && !supported.contains("reasoning_effort")) {
            return Optional.empty();
        }
        var wish = ReasoningWish.of(request.json());
        if (wish.isOff()) {
            return Optional.of(new JsonPrimitive(false));
        }
        if (!wish.effort().isBlank()) {
            // Models without levels take any for a yes.
            return Optional.of(new JsonPrimitive(wish.level(1)));
        }
        // Ollama keeps no budget of thoughts: there is one, or there is none.
        return wish.isOn() ? Optional.of(new JsonPrimitive(true)) : Optional.empty();
    }

    /** Adds a thought to a message or a delta. */
    static void show(String text, JsonObject to) {
        var detail = new JsonObject();
        detail.addProperty("type", "reasoning.text");
        detail.addProperty("text", text);
        detail.addProperty("format", "unknown");
        detail.addProperty("index", 0);
        var details = new JsonArray();
        details.add(detail);
        to.addProperty(REASONING, text);
        to.add("reasoning_details", details);
    }

    /** The thoughts of an earlier turn, or the empty string. What only another provider can read is left out. */
    static String of(JsonObject message) {
        var thoughts = new StringBuilder();
        for (var element : JsonTree.array(message.get("reasoning_details"))) {
            var detail = JsonTree.object(element);
            if (JsonTree.text(detail.get("type")).equals("reasoning.text")) {
                thoughts.append(JsonTree.text(detail.get("text")));
            }
        }
        if (!thoughts.isEmpty()) {
            return thoughts.toString();
        }
        var plain = JsonTree.text(message.get(REASONING));
        return plain.isEmpty() ? JsonTree.text(message.get("reasoning_content")) : plain;
    }
}
