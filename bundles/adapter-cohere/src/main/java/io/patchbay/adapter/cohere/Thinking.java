package io.patchbay.adapter.cohere;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.chat.ReasoningWish;
import io.patchbay.api.json.JsonTree;
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
        var wish = ReasoningWish.of(request.json());
        if (wish.isOff()) {
            return Optional.of(thinking("disabled"));
        }
        if (wish.budget().isPresent()) {
            return Optional.of(enabled(wish.budget().getAsLong()));
        }
        if (!wish.effort().isBlank()) {
            long answer =
                    request.maxTokens().orElse(endpoint.maxCompletionTokens().orElse(COMMON_ANSWER));
            return Optional.of(enabled((long) (answer * wish.share())));
        }
        return wish.isOn() ? Optional.of(thinking("enabled")) : Optional.empty();
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

    /** Whether a message that was written for Cohere has thoughts. */
    static boolean isIn(JsonObject message) {
        return message.has("tool_plan")
                || JsonTree.array(message.get("content")).asList().stream()
                        .anyMatch(part -> JsonTree.object(part).has("thinking"));
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
