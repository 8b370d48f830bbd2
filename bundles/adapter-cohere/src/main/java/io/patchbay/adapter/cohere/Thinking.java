package io.patchbay.adapter.cohere;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.json.JsonKind;
import io.patchbay.api.json.JsonTree;
import io.patchbay.api.json.JsonView;
import java.util.Optional;

/**
 * Thoughts, in both directions. Cohere has two kinds: thinking is a part of the content, and a tool plan stands beside
 * the tool calls. Both are canonical reasoning; its {@code format} tells which it was, so that it can go back as that.
 */
final class Thinking {
    /** The format of thinking. */
    static final String THINKING = "cohere-thinking-v2";
    /** The format of a tool plan. */
    static final String PLAN = "cohere-tool-plan-v2";

    /** For shares of an answer of which nobody said how long it may be. */
    private static final long COMMON_ANSWER = 16_384;

    private Thinking() {}

    /** What to ask for; empty to leave it to the model. */
    static Optional<JsonObject> of(ChatRequest request, Endpoint endpoint) {
        var supported = endpoint.supportedParameters();
        if (!supported.isEmpty() && !supported.contains("reasoning") && !supported.contains("reasoning_effort")) {
            return Optional.empty();
        }
        var reasoning = request.json().object("reasoning");
        var effort = reasoning
                .flatMap(asked -> asked.string("effort"))
                .or(() -> request.json().string("reasoning_effort"));
        var budget = reasoning.map(asked -> asked.integer("max_tokens"));
        if (reasoning.filter(Thinking::isOff).isPresent()) {
            return Optional.of(thinking("disabled"));
        }
        if (budget.isPresent() && budget.get().isPresent()) {
            long most = budget.get().getAsLong();
            return Optional.of(most > 0 ? enabled(most) : thinking("disabled"));
        }
        if (effort.isPresent()) {
            long answer =
                    request.maxTokens().orElse(endpoint.maxCompletionTokens().orElse(COMMON_ANSWER));
            return ofEffort(effort.get(), answer);
        }
        return reasoning.filter(asked -> asked.isTrue("enabled")).map(asked -> thinking("enabled"));
    }

    /** OpenRouter's shares of the answer. */
    private static Optional<JsonObject> ofEffort(String effort, long answer) {
        return switch (effort) {
            case "none" -> Optional.of(thinking("disabled"));
            case "minimal" -> Optional.of(enabled(answer / 10));
            case "low" -> Optional.of(enabled(answer / 5));
            case "medium" -> Optional.of(enabled(answer / 2));
            case "high" -> Optional.of(enabled(answer / 5 * 4));
            case "xhigh", "max" -> Optional.of(enabled(answer / 20 * 19));
            default -> Optional.empty();
        };
    }

    private static boolean isOff(JsonView reasoning) {
        return reasoning
                        .kind("enabled")
                        .filter(kind -> kind == JsonKind.BOOLEAN)
                        .isPresent()
                && !reasoning.isTrue("enabled");
    }

    private static JsonObject thinking(String type) {
        var thinking = new JsonObject();
        thinking.addProperty("type", type);
        return thinking;
    }

    private static JsonObject enabled(long budget) {
        var thinking = thinking("enabled");
        thinking.addProperty("token_budget", Math.max(1, budget));
        return thinking;
    }

    /** Whether the client wants to see thoughts. */
    static boolean isShown(ChatRequest request) {
        var json = request.json();
        boolean hidden = json.object("reasoning")
                .map(reasoning -> reasoning.isTrue("exclude"))
                .orElse(json.has("include_reasoning") && !json.isTrue("include_reasoning"));
        return !hidden;
    }

    /** Adds a thought to a message or a delta. */
    static void show(String text, String format, int index, JsonObject to) {
        var detail = new JsonObject();
        detail.addProperty("type", "reasoning.text");
        detail.addProperty("text", text);
        detail.addProperty("format", format);
        detail.addProperty("index", index);
        var details = JsonTree.array(to.get("reasoning_details"));
        details.add(detail);
        to.addProperty("reasoning", JsonTree.text(to.get("reasoning")) + text);
        to.add("reasoning_details", details);
    }

    /** The thinking of an earlier turn, as content; thoughts of other providers' models are left out. */
    static JsonArray blocks(JsonArray details) {
        var blocks = new JsonArray();
        var open = new StringBuilder();
        String index = "";
        for (var element : details) {
            var detail = JsonTree.object(element);
            if (!JsonTree.text(detail.get("format")).equals(THINKING)) {
                continue;
            }
            // Clients that gather a stream may hand back each piece as it came.
            if (!open.isEmpty() && !JsonTree.text(detail.get("index")).equals(index)) {
                blocks.add(block(open));
            }
            index = JsonTree.text(detail.get("index"));
            open.append(JsonTree.text(detail.get("text")));
        }
        if (!open.isEmpty()) {
            blocks.add(block(open));
        }
        return blocks;
    }

    private static JsonObject block(StringBuilder text) {
        var block = thinking("thinking");
        block.addProperty("thinking", text.toString());
        text.setLength(0);
        return block;
    }

    /** The tool plan of an earlier turn, or the empty string. */
    static String plan(JsonArray details) {
        var plan = new StringBuilder();
        for (var element : details) {
            var detail = JsonTree.object(element);
            if (JsonTree.text(detail.get("format")).equals(PLAN)) {
                plan.append(JsonTree.text(detail.get("text")));
            }
        }
        return plan.toString();
    }
}
