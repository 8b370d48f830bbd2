package io.patchbay.adapter.gemini;

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
 */
record ThinkingWish(String effort, OptionalLong budget, boolean isOn, boolean isOff, boolean isHidden) {
    static ThinkingWish of(JsonObject asked) {
        var reasoning = JsonTree.object(asked.get("reasoning"));
        var said = JsonTree.text(reasoning.get("effort"));
        var effort = said.isBlank() ? JsonTree.text(asked.get("reasoning_effort")) : said;
        var most = reasoning.get("max_tokens");
        var budget = JsonTree.isNumber(most) ? OptionalLong.of((long) most.getAsDouble()) : OptionalLong.empty();
        boolean isOff = JsonTree.isFalse(reasoning.get("enabled"))
                || effort.equals("none")
                || budget.isPresent() && budget.getAsLong() <= 0;
        boolean isOn = !isOff
                && (!effort.isBlank()
                        || budget.isPresent()
                        || JsonTree.isTrue(reasoning.get("enabled"))
                        || JsonTree.isTrue(asked.get("include_reasoning")));
        boolean isHidden =
                JsonTree.isTrue(reasoning.get("exclude")) || JsonTree.isFalse(asked.get("include_reasoning"));
        return new ThinkingWish(effort, budget, isOn, isOff, isHidden);
    }

    /** The same of a request that is not a tree: spares building one, with all that the messages hold. */
    static ThinkingWish of(JsonView request) {
        var asked = new JsonObject();
        for (var name : List.of("reasoning", "reasoning_effort", "include_reasoning")) {
            request.element(name).ifPresent(value -> asked.add(name, value));
        }
        return of(asked);
    }

    /**
     * Gemini's {@code thinkingConfig}; empty if there is nothing to say.
     *
     * @param limit of the whole answer, thoughts included
     */
    JsonObject config(ModelRules rules, OptionalLong limit) {
        var config = new JsonObject();
        if (rules.thinking() == ModelRules.Thinking.NONE || !isOn && !isOff) {
            return config;
        }
        if (isOn && !isHidden) {
            config.addProperty("includeThoughts", true);
        }
        boolean byLevel = rules.thinking() == ModelRules.Thinking.LEVEL;
        if (isOff) {
            addLeast(rules, byLevel, config);
        } else if (budget.isPresent()) {
            // A model that goes by levels takes tokens too, as a hint of which it makes what it likes.
            long tokens = budget.getAsLong();
            config.addProperty("thinkingBudget", byLevel ? tokens : granted(tokens, rules));
        } else if (!effort.isBlank() && byLevel && !rules.levels().isEmpty()) {
            config.addProperty("thinkingLevel", level(rules.levels()));
        } else if (!effort.isBlank() && !byLevel) {
            config.addProperty("thinkingBudget", granted(tokens(limit, rules), rules));
        }
        return config;
    }

    /** Not every model can do without; then as little as can be. */
    private static void addLeast(ModelRules rules, boolean byLevel, JsonObject config) {
        if (!byLevel) {
            config.addProperty("thinkingBudget", rules.canStopThinking() ? 0 : rules.leastBudget());
        } else if (!rules.levels().isEmpty()) {
            config.addProperty("thinkingLevel", rules.levels().get(0));
        }
    }

    private static long granted(long tokens, ModelRules rules) {
        return Math.max(rules.leastBudget(), Math.min(tokens, rules.mostBudget()));
    }

    /** OpenRouter's share of the answer; where that has no limit, what Google's own OpenAI dialect grants. */
    private long tokens(OptionalLong limit, ModelRules rules) {
        if (limit.isPresent()) {
            return (long) (limit.getAsLong() * share());
        }
        return switch (effort) {
            case "minimal", "low" -> 1024;
            case "high" -> 24_576;
            case "xhigh", "max" -> rules.mostBudget();
            default -> 8192;
        };
    }

    private double share() {
        return switch (effort) {
            case "minimal" -> 0.1;
            case "low" -> 0.2;
            case "high" -> 0.8;
            case "xhigh", "max" -> 0.95;
            default -> 0.5;
        };
    }

    /** The level of this name; if there is none, the next higher one. */
    private String level(List<String> levels) {
        var all = List.of("minimal", "low", "medium", "high");
        var word = switch (effort) {
            case "xhigh", "max" -> "high";
            case "minimal", "low", "high" -> effort;
            default -> "medium";
        };
        for (var level : all.subList(all.indexOf(word), all.size())) {
            if (levels.contains(level)) {
                return level;
            }
        }
        return levels.get(levels.size() - 1);
    }
}
