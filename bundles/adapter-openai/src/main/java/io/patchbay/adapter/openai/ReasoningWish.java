package io.patchbay.adapter.openai;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.json.JsonAppender;
import io.patchbay.api.json.JsonRewrite;
import io.patchbay.api.json.JsonView;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** How much the model shall think, in the words of the provider: an effort, a switch, a budget. */
final class ReasoningWish {
    private static final String EFFORT = "reasoning_effort";
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private ReasoningWish() {}

    /** Replaces {@code reasoning} by what the provider's options say. What the client says in other words, it means. */
    static void translate(ChatRequest request, Endpoint endpoint, JsonRewrite body) {
        var options = endpoint.provider().options();
        if ("native".equals(options.get("reasoning"))) {
            return;
        }
        var json = request.json();
        body.remove("reasoning");
        if (json.has(EFFORT)) {
            json.string(EFFORT).ifPresent(effort -> say(effort, options, json, body));
        } else if (isSupported(endpoint)) {
            var reasoning = json.object("reasoning");
            if (options.containsKey("thinking-budget")) {
                reasoning.ifPresent(wish -> setBudget(wish, options, json, body));
            }
            reasoning
                    .flatMap(wish -> ReasoningEffort.of(wish, request.maxTokens()))
                    .ifPresent(effort -> say(effort, options, json, body));
        }
    }

    /** Whether the model may think: so far as is known. */
    static boolean isSupported(Endpoint endpoint) {
        var supported = endpoint.supportedParameters();
        return supported.isEmpty() || supported.contains("reasoning") || supported.contains(EFFORT);
    }

    private static void say(String effort, Map<String, String> options, JsonView json, JsonRewrite body) {
        var thinking = options.get("thinking");
        boolean on = !effort.equals("none");
        if (thinking != null) {
            turn(thinking, on, json, body);
        }
        if (thinking != null && !on) {
            // Who has a switch has no such effort.
            body.remove(EFFORT);
        } else if (json.has(EFFORT)) {
            Optional.ofNullable(options.get("effort." + effort)).ifPresent(word -> body.set(EFFORT, word));
        } else if (!"drop".equals(options.get("reasoning"))) {
            body.set(EFFORT, options.getOrDefault("effort." + effort, effort));
        }
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

    private static void setBudget(JsonView wish, Map<String, String> options, JsonView json, JsonRewrite body) {
        var field = options.getOrDefault("thinking-budget", "");
        var budget = wish.integer("max_tokens");
        if (budget.isPresent() && budget.getAsLong() > 0 && !json.has(field)) {
            body.set(field, budget.getAsLong());
        }
    }
}
