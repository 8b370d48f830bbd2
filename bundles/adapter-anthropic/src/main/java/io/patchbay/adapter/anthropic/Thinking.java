package io.patchbay.adapter.anthropic;

import com.google.gson.JsonObject;
import io.patchbay.api.chat.ReasoningWish;
import io.patchbay.api.json.JsonTree;

/**
 * Says in Anthropic's words how much to think.
 *
 * @param wish the client's
 * @param verbosity OpenRouter's word for the effort spent on the answer as a whole, or the empty string
 */
record Thinking(ReasoningWish wish, String verbosity) {
    private static final long LEAST_BUDGET = 1024;
    private static final long MOST_BUDGET = 128_000;

    static Thinking of(JsonObject asked) {
        return new Thinking(ReasoningWish.of(asked), JsonTree.text(asked.get("verbosity")));
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
        } else if (wish.isOn() && !isToolForced(body) && conversation.mayThink()) {
            long limit = body.get("max_tokens").getAsLong();
            long wanted = wish.budget().orElseGet(() -> (long) (limit * wish.share()));
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
        if (wish.isOff()) {
            body.add("thinking", Json.typed("disabled"));
        } else if (wish.isOn() && !isToolForced(body)) {
            var thinking = Json.typed("adaptive");
            thinking.addProperty("display", wish.isHidden() ? "omitted" : "summarized");
            body.add("thinking", thinking);
        }
        var level = wish.isOn() ? level(rules, body) : "";
        if (level.isEmpty()) {
            level = level(verbosity, rules);
        }
        if (!level.isEmpty()) {
            config.addProperty("effort", level);
        }
    }

    private String level(ModelRules rules, JsonObject body) {
        boolean isBudget = wish.effort().isBlank() && wish.budget().isPresent();
        return isBudget ? wish.level(body.get("max_tokens").getAsLong()) : level(wish.effort(), rules);
    }

    private static String level(String word, ModelRules rules) {
        return switch (word) {
            case "minimal", "low" -> "low";
            case "medium", "high", "max" -> word;
            case "xhigh" -> rules.takesExtraEffort() ? word : "high";
            default -> "";
        };
    }

    /** Anthropic does not let a model think that has to call a tool. */
    private static boolean isToolForced(JsonObject body) {
        var choice = JsonTree.text(JsonTree.object(body.get("tool_choice")).get("type"));
        return choice.equals("any") || choice.equals("tool");
    }
}
