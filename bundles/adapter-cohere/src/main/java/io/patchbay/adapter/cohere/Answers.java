package io.patchbay.adapter.cohere;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.patchbay.api.json.JsonTree;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What whole and streamed answers have in common. */
final class Answers {
    private Answers() {}

    /** Whether the answer failed. */
    static boolean isFailure(String nativeOne) {
        return nativeOne.equals("ERROR") || nativeOne.equals("TIMEOUT");
    }

    /**
     * The canonical finish reason.
     *
     * @param calledTools whether the answer brought tool calls, which counts more than what it was called
     */
    static String finishReason(String nativeOne, boolean calledTools) {
        return switch (nativeOne) {
            case "MAX_TOKENS", "ERROR_LIMIT" -> "length";
            case "ERROR_TOXIC" -> "content_filter";
            default -> calledTools || nativeOne.equals("TOOL_CALL") ? "tool_calls" : "stop";
        };
    }

    /** The token counts: those that the model saw, not those that Cohere charges for, which leave out its own prompt. */
    static Optional<JsonObject> usage(@Nullable JsonElement reported) {
        var usage = JsonTree.object(reported);
        var tokens = JsonTree.object(usage.get("tokens"));
        if (tokens.isEmpty()) {
            tokens = JsonTree.object(usage.get("billed_units"));
        }
        if (!tokens.has("input_tokens") && !tokens.has("output_tokens")) {
            return Optional.empty();
        }
        long prompt = count(tokens.get("input_tokens"));
        long completion = count(tokens.get("output_tokens"));
        var counts = new JsonObject();
        counts.addProperty("prompt_tokens", prompt);
        counts.addProperty("completion_tokens", completion);
        counts.addProperty("total_tokens", prompt + completion);
        if (usage.has("cached_tokens")) {
            counts.add("prompt_tokens_details", detail("cached_tokens", usage.get("cached_tokens"), prompt));
        }
        if (tokens.has("reasoning_tokens")) {
            counts.add(
                    "completion_tokens_details",
                    detail("reasoning_tokens", tokens.get("reasoning_tokens"), completion));
        }
        return Optional.of(counts);
    }

    private static JsonObject detail(String name, JsonElement reported, long sum) {
        var detail = new JsonObject();
        detail.addProperty(name, Math.min(count(reported), sum));
        return detail;
    }

    /** Cohere's own libraries read them as floating point numbers. */
    private static long count(@Nullable JsonElement value) {
        return Math.max(0, Math.min(Json.integer(value), 1_000_000_000));
    }

    /** Probabilities, of pieces of text that may be several tokens. */
    static JsonObject logProbabilities(JsonArray pieces) {
        var content = new JsonArray();
        for (var element : pieces) {
            var piece = JsonTree.object(element);
            double sum = 0;
            for (var one : JsonTree.array(piece.get("logprobs"))) {
                sum += one instanceof JsonPrimitive number && number.isNumber() ? number.getAsDouble() : 0;
            }
            var token = new JsonObject();
            token.addProperty("token", JsonTree.text(piece.get("text")));
            token.addProperty("logprob", Double.isFinite(sum) ? sum : -Double.MAX_VALUE);
            token.add("bytes", JsonNull.INSTANCE);
            token.add("top_logprobs", new JsonArray());
            content.add(token);
        }
        var logProbabilities = new JsonObject();
        logProbabilities.add("content", content);
        return logProbabilities;
    }
}
