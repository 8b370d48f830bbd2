package io.patchbay.adapter.gemini;

import com.google.gson.JsonObject;
import io.patchbay.api.chat.ReasoningWish;
import java.util.List;
import java.util.OptionalLong;

/** Says in Gemini's words how much to think. */
record ThinkingConfig(ReasoningWish wish) {
    /**
     * Gemini's {@code thinkingConfig}; empty if there is nothing to say.
     *
     * @param limit of the whole answer, thoughts included
     */
    JsonObject of(ModelRules rules, OptionalLong limit) {
        var config = new JsonObject();
        if (rules.thinking() == ModelRules.Thinking.NONE) {
            return config;
        }
        if (wish.isAsked()) {
            config.addProperty("includeThoughts", true);
        }
        boolean byLevel = rules.thinking() == ModelRules.Thinking.LEVEL;
        if (wish.isOff()) {
            addLeast(rules, byLevel, config);
        } else if (wish.budget().isPresent()) {
            // A model that goes by levels takes tokens too, as a hint of which it makes what it likes.
            long tokens = wish.budget().getAsLong();
            config.addProperty("thinkingBudget", byLevel ? tokens : granted(tokens, rules));
        } else if (!wish.effort().isBlank() && byLevel && !rules.levels().isEmpty()) {
            config.addProperty("thinkingLevel", level(rules.levels()));
        } else if (!wish.effort().isBlank() && !byLevel) {
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
            return (long) (limit.getAsLong() * wish.share());
        }
        return switch (wish.effort()) {
            case "minimal", "low" -> 1024;
            case "high" -> 24_576;
            case "xhigh", "max" -> rules.mostBudget();
            default -> 8192;
        };
    }

    /** The level of this name; if there is none, the next higher one. */
    private String level(List<String> levels) {
        var all = List.of("minimal", "low", "medium", "high");
        var word = switch (wish.effort()) {
            case "xhigh", "max" -> "high";
            case "minimal", "low", "high" -> wish.effort();
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
