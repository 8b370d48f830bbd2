package io.patchbay.adapter.openai;

import io.patchbay.api.json.JsonView;
import java.util.Optional;
import java.util.OptionalLong;

/** Says OpenRouter's {@code reasoning} in OpenAI's word, {@code reasoning_effort}. */
final class ReasoningEffort {
    private ReasoningEffort() {}

    /**
     * Chooses the word.
     *
     * @param reasoning the request's {@code reasoning} object
     * @param maxTokens of the request
     * @return empty to leave it to the model
     */
    static Optional<String> of(JsonView reasoning, OptionalLong maxTokens) {
        var effort = reasoning.string("effort").filter(text -> !text.isBlank());
        if (effort.isPresent()) {
            return effort;
        }
        var budget = reasoning.integer("max_tokens");
        if (budget.isPresent()) {
            return Optional.of(forBudget(budget.getAsLong(), maxTokens));
        }
        if (reasoning.isTrue("enabled")) {
            return Optional.of("medium");
        }
        return reasoning.has("enabled") ? Optional.of("none") : Optional.empty();
    }

    /** OpenRouter turns efforts to budgets of 10, 20, 50 and 80 % of the answer; this is the way back. */
    private static String forBudget(long budget, OptionalLong maxTokens) {
        if (budget <= 0) {
            return "none";
        }
        // Nothing said about the answer: what models commonly allow it to be.
        long answer = Math.max(1, maxTokens.orElse(16_384));
        double share = (double) budget / answer;
        if (share <= 0.1) {
            return "minimal";
        }
        if (share <= 0.35) {
            return "low";
        }
        return share <= 0.65 ? "medium" : "high";
    }
}
