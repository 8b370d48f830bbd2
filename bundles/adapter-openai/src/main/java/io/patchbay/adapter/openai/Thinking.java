package io.patchbay.adapter.openai;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.chat.ReasoningWish;
import io.patchbay.api.json.JsonAppender;
import io.patchbay.api.json.JsonRewrite;
import io.patchbay.api.json.JsonView;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** How much the model shall think, in the words of the provider: an effort, a switch, a budget. */
final class Thinking {
    private static final String EFFORT = "reasoning_effort";
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private Thinking() {}

    /**
     * Replaces {@code reasoning} by what the provider's options say. What the client says in other words, it means.
     *
     * @return whether all that the client wants of thoughts is said, or goes without saying
     */
    static boolean translate(ChatRequest request, Endpoint endpoint, JsonRewrite body) {
        var options = endpoint.provider().options();
        if ("native".equals(options.get("reasoning"))) {
            return true;
        }
        var json = request.json();
        body.remove("reasoning");
        if (json.has(EFFORT)) {
            return json.string(EFFORT)
                    .map(effort -> say(effort, options, json, body))
                    .orElse(true);
        }
        if (!isSupported(endpoint)) {
            return !ReasoningWish.of(json).isOn();
        }
        var reasoning = json.object("reasoning");
        boolean hasBudget = reasoning
                .filter(wish -> options.containsKey("thinking-budget"))
                .filter(wish -> setBudget(wish, options, json, body))
                .isPresent();
        boolean isSaid = reasoning
                .flatMap(wish -> ReasoningEffort.of(wish, request.maxTokens()))
                .map(effort -> say(effort, options, json, body))
                .orElse(true);
        return hasBudget || isSaid;
    }

    /** Whether the model may think: so far as is known. */
    static boolean isSupported(Endpoint endpoint) {
        var supported = endpoint.supportedParameters();
        return supported.isEmpty() || supported.contains("reasoning") || supported.contains(EFFORT);
    }

    private static boolean say(String effort, Map<String, String> options, JsonView json, JsonRewrite body) {
        var thinking = options.get("thinking");
        boolean on = !effort.equals("none");
        if (thinking != null) {
            turn(thinking, on, json, body);
        }
        if (thinking != null && !on) {
            // Who has a switch has no such effort.
            body.remove(EFFORT);
            return true;
        }
        if (json.has(EFFORT)) {
            Optional.ofNullable(options.get("effort." + effort)).ifPresent(word -> body.set(EFFORT, word));
        } else if (!"drop".equals(options.get("reasoning"))) {
            body.set(EFFORT, options.getOrDefault("effort." + effort, effort));
        } else {
            return thinking != null;
        }
        return thinking != null || !Deviations.drop(options).contains(EFFORT);
    }

    /** Sets the switch, unless the client has set it: {@code FIELD}, or {@code FIELD.MEMBER}, or either with two words. */
    private static void turn(String option, boolean on, JsonView json, JsonRewrite body) {
        var parts = BLANKS.split(option, 3);
        var place = parts[0];
        var value = parts.length < 3 ? Boolean.toString(on) : JsonAppender.quote(parts[on ? 1 : 2]);
        int dot = place.indexOf('.');
        if (dot < 0) {
            if (!json.has(place)) {
                body.raw(place, value);
            }
            return;
        }
        var field = place.substring(0, dot);
        var member = place.substring(dot + 1);
        // The client's own "reasoning" is OpenRouter's: it has just been taken out.
        if (field.equals("reasoning") || !json.has(field)) {
            body.raw(field, "{" + JsonAppender.quote(member) + ":" + value + "}");
        } else {
            json.object(field)
                    .filter(given -> !given.has(member))
                    .ifPresent(given -> body.raw(
                            field, given.rewrite().raw(member, value).toView().toString()));
        }
    }

    private static boolean setBudget(JsonView wish, Map<String, String> options, JsonView json, JsonRewrite body) {
        var field = options.getOrDefault("thinking-budget", "");
        var budget = wish.integer("max_tokens");
        if (budget.isEmpty() || budget.getAsLong() <= 0) {
            return false;
        }
        if (!json.has(field)) {
            body.set(field, budget.getAsLong());
        }
        return true;
    }
}
