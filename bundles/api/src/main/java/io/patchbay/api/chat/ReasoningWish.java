package io.patchbay.api.chat;

import com.google.gson.JsonObject;
import io.patchbay.api.json.JsonTree;
import io.patchbay.api.json.JsonView;
import java.util.List;
import java.util.OptionalLong;

/**
 * How much the client wants the model to think, in whichever of OpenRouter's spellings: {@code reasoning} with
 * {@code effort}, {@code max_tokens}, {@code enabled} and {@code exclude}, {@code reasoning_effort}, or
 * {@code include_reasoning}.
 *
 * @param effort OpenRouter's word, or the empty string
 * @param budget in tokens
 * @param isOn whether it is to think
 * @param isOff whether it is not to; without either, the model does as it likes
 * @param isHidden whether the client does not want to see the thoughts
 * @param isAsked whether the client speaks of thoughts at all and does not refuse to see them
 */
public record ReasoningWish(
        String effort, OptionalLong budget, boolean isOn, boolean isOff, boolean isHidden, boolean isAsked) {
    private static final String REASONING = "reasoning";
    private static final String EFFORT = "reasoning_effort";
    private static final String INCLUDE = "include_reasoning";

    /** Reads it out of a request. What has another type than it should counts as not said. */
    public static ReasoningWish of(JsonObject request) {
        var reasoning = JsonTree.object(request.get(REASONING));
        var said = JsonTree.text(reasoning.get("effort"));
        var effort = said.isBlank() ? JsonTree.text(request.get(EFFORT)) : said;
        var most = reasoning.get("max_tokens");
        var budget = JsonTree.isNumber(most) ? OptionalLong.of((long) most.getAsDouble()) : OptionalLong.empty();
        var enabled = reasoning.get("enabled");
        boolean isOff =
                JsonTree.isFalse(enabled) || effort.equals("none") || budget.isPresent() && budget.getAsLong() <= 0;
        boolean isOn = !isOff && (!effort.isBlank() || budget.isPresent() || JsonTree.isTrue(enabled));
        boolean isHidden = JsonTree.isTrue(reasoning.get("exclude")) || JsonTree.isFalse(request.get(INCLUDE));
        boolean isMentioned = request.get(REASONING) instanceof JsonObject || JsonTree.isTrue(request.get(INCLUDE));
        return new ReasoningWish(effort, budget, isOn, isOff, isHidden, !isHidden && !isOff && (isOn || isMentioned));
    }

    /** The same of a request that is not a tree: spares building one, with all that the messages hold. */
    public static ReasoningWish of(JsonView request) {
        var asked = new JsonObject();
        for (var name : List.of(REASONING, EFFORT, INCLUDE)) {
            request.element(name).ifPresent(value -> asked.add(name, value));
        }
        return of(asked);
    }

    /** The share of an answer that OpenRouter grants to the thoughts of this effort. */
    public double share() {
        return switch (effort) {
            case "minimal" -> 0.1;
            case "low" -> 0.2;
            case "high" -> 0.8;
            case "xhigh", "max" -> 0.95;
            default -> 0.5;
        };
    }

    /**
     * One of the three efforts that everybody knows. A budget is the effort whose share of the answer comes closest.
     *
     * @param limit of the answer, in tokens
     */
    public String level(long limit) {
        if (effort.isBlank() && budget.isPresent()) {
            double granted = (double) budget.getAsLong() / Math.max(1, limit);
            return granted <= 0.35 ? "low" : granted <= 0.65 ? "medium" : "high";
        }
        return switch (effort) {
            case "minimal", "low" -> "low";
            case "high", "xhigh", "max" -> "high";
            default -> "medium";
        };
    }
}
