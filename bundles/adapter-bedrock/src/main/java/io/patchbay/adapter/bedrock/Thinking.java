package io.patchbay.adapter.bedrock;

import com.google.gson.JsonObject;
import io.patchbay.api.chat.ReasoningWish;
import io.patchbay.api.json.JsonTree;

/**
 * Says how much to think. Converse has no word for it: each maker has its own.
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

    /**
     * Writes it.
     *
     * @param mayThink whether nothing forbids a Claude with a budget to think
     * @param limit of the answer, as the client or the catalog says
     * @param isLimited whether the client said so
     * @param mayHaveEffort whether an effort can be told to a Claude
     * @param additional fields in the model's own words
     * @return whether the model will think, and so takes no sampling parameters
     */
    boolean add(
            ModelRules rules,
            boolean mayThink,
            long limit,
            boolean isLimited,
            boolean mayHaveEffort,
            JsonObject additional) {
        return switch (rules.family()) {
            case CLAUDE ->
                rules.thinksAdaptively()
                        ? addAdaptive(rules, mayThink, limit, mayHaveEffort, additional)
                        : addBudget(rules, mayThink, limit, additional);
            case NOVA_2 -> addNovas(limit, isLimited, additional);
            case GPT_OSS -> {
                if (wish.isOn() || wish.isOff()) {
                    // It can't help thinking.
                    additional.addProperty("reasoning_effort", wish.isOff() ? "low" : wish.level(limit));
                }
                yield false;
            }
            case NOVA, MISTRAL, OTHER -> false;
        };
    }

    private boolean addBudget(ModelRules rules, boolean mayThink, long limit, JsonObject additional) {
        boolean canThink = rules.version() == 0 || rules.version() >= 307;
        long wanted = wish.budget().orElseGet(() -> (long) (limit * wish.share()));
        long granted = Math.min(Math.min(Math.max(wanted, LEAST_BUDGET), MOST_BUDGET), limit - 1);
        // A limit too small to think at all is what the client wants to pay for: it counts more.
        if (!wish.isOn() || !canThink || !mayThink || granted < LEAST_BUDGET) {
            return false;
        }
        var thinking = Json.of("type", "enabled");
        thinking.addProperty("budget_tokens", granted);
        additional.add("thinking", thinking);
        return true;
    }

    private boolean addAdaptive(
            ModelRules rules, boolean mayThink, long limit, boolean mayHaveEffort, JsonObject additional) {
        if (wish.isOff()) {
            additional.add("thinking", Json.of("type", "disabled"));
        }
        boolean thinks = wish.isOn() && mayThink;
        if (thinks) {
            var thinking = Json.of("type", "adaptive");
            thinking.addProperty("display", wish.isHidden() ? "omitted" : "summarized");
            additional.add("thinking", thinking);
        }
        var effort = effort(rules, limit);
        if (mayHaveEffort && !effort.isEmpty()) {
            additional.add("output_config", Json.of("effort", effort));
        }
        return thinks;
    }

    /** A Claude spends it on thoughts and answer alike; the empty string leaves it to the model. */
    private String effort(ModelRules rules, long limit) {
        boolean isBudget = wish.effort().isBlank() && wish.budget().isPresent();
        if (wish.isOn() && isBudget) {
            return wish.level(limit);
        }
        var word = wish.isOn() && !wish.effort().isBlank() ? wish.effort() : verbosity;
        return switch (word) {
            case "minimal", "low" -> "low";
            case "medium", "high", "max" -> word;
            case "xhigh" -> rules.version() >= 407 ? word : "high";
            default -> "";
        };
    }

    /** A Nova that thinks as hard as it can takes no limit; where the client gave one, that counts more. */
    private boolean addNovas(long limit, boolean isLimited, JsonObject additional) {
        if (!wish.isOn()) {
            if (wish.isOff()) {
                additional.add("reasoningConfig", Json.of("type", "disabled"));
            }
            return false;
        }
        var level = wish.level(limit);
        var config = Json.of("type", "enabled");
        config.addProperty("maxReasoningEffort", level.equals("high") && isLimited ? "medium" : level);
        additional.add("reasoningConfig", config);
        return JsonTree.text(config.get("maxReasoningEffort")).equals("high");
    }
}
