package io.patchbay.adapter.anthropic;

import com.google.gson.JsonObject;
import io.patchbay.api.json.JsonTree;
import io.patchbay.api.json.JsonView;
import java.util.List;
import java.util.OptionalLong;

/**
 * How much the client wants the model to think.
 *
 * @param effort OpenRouter's word, or the empty string
 * @param budget in tokens
 * @param isOn whether it is to think
 * @param isOff whether it is not to; without either, the model does as it likes
 * @param isHidden whether the client does not want to see the thoughts
 * @param verbosity OpenRouter's word for the effort spent on the answer as a whole, or the empty string
 */
record ReasoningWish(
        String effort, OptionalLong budget, boolean isOn, boolean isOff, boolean isHidden, String verbosity) {
    private static final long LEAST_BUDGET = 1024;
    private static final long MOST_BUDGET = 128_000;

    static ReasoningWish of(JsonObject asked) {
        var reasoning = JsonTree.object(asked.get("reasoning"));
        var said = JsonTree.text(reasoning.get("effort"));
        var effort = said.isBlank() ? JsonTree.text(asked.get("reasoning_effort")) : said;
        var most = reasoning.get("max_tokens");
        var budget = JsonTree.isNumber(most) ? OptionalLong.of((long) most.getAsDouble()) : OptionalLong.empty();
        boolean isOff = JsonTree.isFalse(reasoning.get("enabled"))
                || effort.equals("none")
                || budget.isPresent() && budget.getAsLong() <= 0;
        boolean isOn = !isOff && (!effort.isBlank() || budget.isPresent() || JsonTree.isTrue(reasoning.get("enabled")));
        boolean isHidden =
                JsonTree.isTrue(reasoning.get("exclude")) || JsonTree.isFalse(asked.get("include_reasoning"));
        return new ReasoningWish(effort, budget, isOn, isOff, isHidden, JsonTree.text(asked.get("verbosity")));
    }

    /** The same of a request that is not a tree: spares building one, with all that the messages hold. */
    static ReasoningWish of(JsonView request) {
        var asked = new JsonObject();
        for (var name : List.of("reasoning", "reasoning_effort", "include_reasoning")) {
            request.element(name).ifPresent(value -> asked.add(name, value));
        }
        return of(asked);
    }

    /** Whether a request written asks for thoughts. */
    static boolean isOn(JsonObject body) {
        return body.has("thinking")
                && !JsonTree.text(JsonTree.object(body.get("thinking")).get("type"))
                        .equals("disabled");
    }

    /**
     * Writes it.
     *
     * @param body with its limit and its tools
     * @param config the body's {@code output_config}
     */
    void add(ModelRules rules, Conversation conversation, JsonObject body, JsonObject config) {
        if (rules.thinksAdaptively()) {
            addAdaptive(rules, body, config);
        } else if (isOn && !isToolForced(body) && conversation.mayThink()) {
            long limit = body.get("max_tokens").getAsLong();
            long wanted = budget.orElseGet(() -> (long) (limit * share()));
            long granted = Math.min(Math.min(Math.max(wanted, LEAST_BUDGET), MOST_BUDGET), limit - 1);
            // A limit too small to think at all is what the client wants to pay for: it counts more.
            if (granted >= LEAST_BUDGET) {
                var thinking = Json.typed("enabled");
                thinking.addProperty("budget_tokens", granted);
                body.add("thinking", thinking);
            }
        }
    }

    private void addAdaptive(ModelRules rules, JsonObject body, JsonObject config) {
        if (isOff) {
            body.add("thinking", Json.typed("disabled"));
        } else if (isOn && !isToolForced(body)) {
            var thinking = Json.typed("adaptive");
            thinking.addProperty("display", isHidden ? "omitted" : "summarized");
            body.add("thinking", thinking);
        }
        var level = isOn ? level(rules, body) : "";
        if (level.isEmpty()) {
            level = level(verbosity, rules);
        }
        if (!level.isEmpty()) {
            config.addProperty("effort", level);
        }
    }

    private String level(ModelRules rules, JsonObject body) {
        if (effort.isBlank() && budget.isPresent()) {
            double share = (double) budget.getAsLong()
                    / Math.max(1, body.get("max_tokens").getAsLong());
            return share <= 0.35 ? "low" : share <= 0.65 ? "medium" : "high";
        }
        return level(effort, rules);
    }

    private static String level(String word, ModelRules rules) {
        return switch (word) {
            case "minimal", "low" -> "low";
            case "medium", "high", "max" -> word;
            case "xhigh" -> rules.takesExtraEffort() ? word : "high";
            default -> "";
        };
    }

    /** OpenRouter's shares of the answer. */
    private double share() {
        return switch (effort) {
            case "minimal" -> 0.1;
            case "low" -> 0.2;
            case "high" -> 0.8;
            case "xhigh", "max" -> 0.95;
            default -> 0.5;
        };
    }

    /** Anthropic does not let a model think that has to call a tool. */
    private static boolean isToolForced(JsonObject body) {
        var choice = JsonTree.text(JsonTree.object(body.get("tool_choice")).get("type"));
        return choice.equals("any") || choice.equals("tool");
    }
}
