package io.patchbay.adapter.openai;

import io.patchbay.api.json.JsonRewrite;
import io.patchbay.api.json.JsonView;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Where a provider departs from the format in the messages of a request: as its options say. */
final class MessageDeviations {
    private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");
    private static final String REQUIRED = " required";

    private final String developerRole;
    private final Set<String> dropped;
    private final String reasoning;
    private final boolean isReasoningRequired;

    private MessageDeviations(Map<String, String> options, boolean mayThink) {
        developerRole = options.getOrDefault("developer-role", "developer");
        var drop = options.get("message-drop");
        dropped = drop == null ? Set.of() : Set.of(COMMA.split(drop.strip()));
        var history = options.getOrDefault("history-reasoning", "reasoning");
        isReasoningRequired = mayThink && history.endsWith(REQUIRED);
        reasoning = history.replace(REQUIRED, "");
    }

    /**
     * Changes the messages, if one of them has to change.
     *
     * @param mayThink whether the model may think
     */
    static void apply(JsonView json, Map<String, String> options, boolean mayThink, JsonRewrite body) {
        if (!options.containsKey("developer-role")
                && !options.containsKey("message-drop")
                && !options.containsKey("history-reasoning")) {
            return;
        }
        var messages = json.objects("messages");
        if (messages.size() != json.elementKinds("messages").size()) {
            return;
        }
        var deviations = new MessageDeviations(options, mayThink);
        var array = new StringBuilder(json.length("messages") + 64).append('[');
        boolean isSame = true;
        for (var message : messages) {
            var changed = deviations.change(message);
            isSame &= changed == message;
            array.append(array.length() == 1 ? "" : ",").append(changed);
        }
        if (!isSame) {
            body.raw("messages", array.append(']').toString());
        }
    }

    private JsonView change(JsonView message) {
        var role = message.string("role").orElse("");
        boolean isDeveloper = role.equals("developer") && !developerRole.equals(role);
        boolean isThinker = role.equals("assistant") && !reasoning.equals("reasoning") && thinks(message);
        if (!isDeveloper && !isThinker && dropped.stream().noneMatch(message::has)) {
            return message;
        }
        var rewrite = message.rewrite();
        dropped.stream().filter(message::has).forEach(rewrite::remove);
        if (isDeveloper) {
            rewrite.set("role", developerRole);
        }
        if (isThinker && message.has(reasoning)) {
            rewrite.remove("reasoning");
        } else if (isThinker && message.has("reasoning")) {
            rewrite.rename("reasoning", reasoning);
        } else if (isThinker) {
            // What was thought elsewhere, or not at all, is lost: a blank is enough for those who insist.
            rewrite.set(reasoning, " ");
        }
        return rewrite.toView();
    }

    private boolean thinks(JsonView message) {
        return message.has("reasoning")
                || isReasoningRequired && message.length("tool_calls") > 2 && !message.has(reasoning);
    }
}
