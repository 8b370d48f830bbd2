package io.patchbay.adapter.bedrock;

import com.google.gson.JsonObject;
import io.patchbay.api.chat.ReasoningWish;
import io.patchbay.api.json.JsonTree;

/** Says how much to think. Converse has no word for it: each maker has its own. */
record Thinking(ReasoningWish wish) {
    private static final long LEAST_BUDGET = 1024;
    private static final long MOST_BUDGET = 128_000;

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
        if (!wish.isOn()) {
            return false;
        }
        if (mayThink) {
            var thinking = Json.of("type", "adaptive");
            thinking.addProperty("display", wish.isHidden() ? "omitted" : "summarized");
            additional.add("thinking", thinking);
        }
        if (mayHaveEffort && (!wish.effort().isBlank() || wish.budget().isPresent())) {
            boolean isOwnWord = wish.effort().equals("max") || wish.effort().equals("xhigh") && rules.version() >= 407;
            additional.add("output_config", Json.of("effort", isOwnWord ? wish.effort() : wish.level(limit)));
        }
        return mayThink;
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
