package io.patchbay.adapter.ollama;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.json.JsonKind;
import io.patchbay.api.json.JsonTree;
import io.patchbay.api.json.JsonView;
import java.util.Optional;
import java.util.OptionalLong;

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
        var reasoning = request.json().object(REASONING);
        if (reasoning.filter(Thinking::isOff).isPresent()) {
            return Optional.of(new JsonPrimitive(false));
        }
        var level = reasoning
                .flatMap(asked -> asked.string("effort"))
                .or(() -> request.json().string("reasoning_effort"))
                .flatMap(Thinking::level);
        if (level.isPresent()) {
            return level;
        }
        // Ollama keeps no budget of thoughts: there is one, or there is none.
        var budget = reasoning.map(asked -> asked.integer("max_tokens")).orElse(OptionalLong.empty());
        if (budget.isPresent()) {
            return Optional.of(new JsonPrimitive(budget.getAsLong() > 0));
        }
        return reasoning.filter(asked -> asked.isTrue("enabled")).map(asked -> new JsonPrimitive(true));
    }

    /** Models without levels take any for a yes. */
    private static Optional<JsonPrimitive> level(String effort) {
        return switch (effort) {
            case "none" -> Optional.of(new JsonPrimitive(false));
            case "minimal", "low" -> Optional.of(new JsonPrimitive("low"));
            case "medium" -> Optional.of(new JsonPrimitive("medium"));
            case "high", "xhigh", "max" -> Optional.of(new JsonPrimitive("high"));
            default -> Optional.empty();
        };
    }

    private static boolean isOff(JsonView reasoning) {
        return !reasoning.isTrue("enabled")
                && reasoning
                        .kind("enabled")
                        .filter(kind -> kind == JsonKind.BOOLEAN)
                        .isPresent();
    }

    /** Whether the client wants to see thoughts. */
    static boolean isShown(ChatRequest request) {
        var json = request.json();
        boolean hidden = json.object(REASONING)
                .map(reasoning -> reasoning.isTrue("exclude"))
                .orElse(json.has("include_reasoning") && !json.isTrue("include_reasoning"));
        return !hidden;
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
