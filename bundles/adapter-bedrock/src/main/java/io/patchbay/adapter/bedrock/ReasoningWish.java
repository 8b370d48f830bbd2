package io.patchbay.adapter.bedrock;

import com.google.gson.JsonObject;
import io.patchbay.api.json.JsonTree;
import io.patchbay.api.json.JsonView;
import java.util.List;
import java.util.OptionalLong;

/**
 * How much the client wants the model to think. Converse has no word for it: each maker has its own.
 *
 * @param effort OpenRouter's word, or the empty string
 * @param budget in tokens
 * @param isOn whether it is to think
 * @param isOff whether it is not to; without either, the model does as it likes
 * @param isHidden whether the client does not want to see the thoughts
 */
record ReasoningWish(String effort, OptionalLong budget, boolean isOn, boolean isOff, boolean isHidden) {
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
        return new ReasoningWish(effort, budget, isOn, isOff, isHidden);
    }

    /** The same of a request that is not a tree: spares building one, with all that the messages hold. */
    static ReasoningWish of(JsonView request) {
        var asked = new JsonObject();
        for (var name : List.of("reasoning", "reasoning_effort", "include_reasoning")) {
            request.element(name).ifPresent(value -> asked.add(name, value));
        }
        return of(asked);
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
                if (isOn || isOff) {
                    // It can't help thinking.
                    additional.addProperty("reasoning_effort", isOff ? "low" : level(limit));
                }
                yield false;
            }
            case NOVA, MISTRAL, OTHER -> false;
        };
    }

    private boolean addBudget(ModelRules rules, boolean mayThink, long limit, JsonObject additional) {
        boolean canThink = rules.version() == 0 || rules.version() >= 307;
        long wanted = budget.orElseGet(() -> (long) (limit * share()));
        long granted = Math.min(Math.min(Math.max(wanted, LEAST_BUDGET), MOST_BUDGET), limit - 1);
        // A limit too small to think at all is what the client wants to pay for: it counts more.
        if (!isOn || !canThink || !mayThink || granted < LEAST_BUDGET) {
            return false;
        }
        var thinking = Json.of("type", "enabled");
        thinking.addProperty("budget_tokens", granted);
        additional.add("thinking", thinking);
        return true;
    }

    private boolean addAdaptive(
            ModelRules rules, boolean mayThink, long limit, boolean mayHaveEffort, JsonObject additional) {
        if (isOff) {
            additional.add("thinking", Json.of("type", "disabled"));
        }
        if (!isOn) {
            return false;
        }
        if (mayThink) {
            var thinking = Json.of("type", "adaptive");
            thinking.addProperty("display", isHidden ? "omitted" : "summarized");
            additional.add("thinking", thinking);
        }
        if (mayHaveEffort && (!effort.isBlank() || budget.isPresent())) {
            boolean isOwnWord = effort.equals("max") || effort.equals("xhigh") && rules.version() >= 407;
            additional.add("output_config", Json.of("effort", isOwnWord ? effort : level(limit)));
        }
        return mayThink;
    }

    /** A Nova that thinks as hard as it can takes no limit; where the client gave one, that counts more. */
    private boolean addNovas(long limit, boolean isLimited, JsonObject additional) {
        if (!isOn) {
            if (isOff) {
                additional.add("reasoningConfig", Json.of("type", "disabled"));
            }
            return false;
        }
        var level = level(limit);
        var config = Json.of("type", "enabled");
        config.addProperty("maxReasoningEffort", level.equals("high") && isLimited ? "medium" : level);
        additional.add("reasoningConfig", config);
        return JsonTree.text(config.get("maxReasoningEffort")).equals("high");
    }

    /** The three levels that everybody knows. */
    private String level(long limit) {
        if (effort.isBlank() && budget.isPresent()) {
            double share = (double) budget.getAsLong() / Math.max(1, limit);
            return share <= 0.35 ? "low" : share <= 0.65 ? "medium" : "high";
        }
        return switch (effort) {
            case "minimal", "low" -> "low";
            case "high", "xhigh", "max" -> "high";
            default -> "medium";
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
}
