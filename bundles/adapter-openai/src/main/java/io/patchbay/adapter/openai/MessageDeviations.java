package io.patchbay.adapter.openai;

import io.patchbay.api.json.JsonKind;
import io.patchbay.api.json.JsonRewrite;
import io.patchbay.api.json.JsonView;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Where a provider departs from the format in the messages and tools of a request: as its options say. */
final class MessageDeviations {
    private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");
    private static final String REQUIRED = " required";
    private static final Set<String> THOUGHTS = Set.of("reasoning", "reasoning_content", "reasoning_details");

    private final String developerRole;
    private final Set<String> drop;
    private final String reasoning;
    private final boolean isReasoningRequired;
    private final boolean mayThink;
    /** Where those fields stood that are left out. */
    private final Set<String> leftOut = new LinkedHashSet<>();

    private MessageDeviations(Map<String, String> options, boolean mayThink) {
        this.mayThink = mayThink;
        developerRole = options.getOrDefault("developer-role", "developer");
        var dropped = options.get("message-drop");
        drop = dropped == null ? Set.of() : Set.of(COMMA.split(dropped.strip()));
        var history = options.getOrDefault("history-reasoning", "reasoning");
        isReasoningRequired = history.endsWith(REQUIRED);
        reasoning = history.replace(REQUIRED, "");
    }

    /**
     * Changes the messages and the tools, if one of them has to change.
     *
     * @param mayThink whether the model may think
     * @return where those fields stood that are left out, as {@link io.patchbay.api.adapter.Hint} has them
     */
    static List<String> apply(JsonView json, Map<String, String> options, boolean mayThink, JsonRewrite body) {
        if (!options.containsKey("developer-role")
                && !options.containsKey("message-drop")
                && !options.containsKey("history-reasoning")) {
            return List.of();
        }
        var deviations = new MessageDeviations(options, mayThink);
        change(json, "messages", deviations::change, body);
        change(json, "tools", tool -> deviations.without(tool, deviations.drop, "tools."), body);
        return List.copyOf(deviations.leftOut);
    }

    private static void change(JsonView json, String name, UnaryOperator<JsonView> change, JsonRewrite body) {
        var elements = json.objects(name);
        if (elements.size() != json.elementKinds(name).size()) {
            return;
        }
        var array = new StringBuilder(json.length(name) + 64).append('[');
        boolean isSame = true;
        for (var element : elements) {
            var changed = change.apply(element);
            isSame &= changed == element;
            array.append(array.length() == 1 ? "" : ",").append(changed);
        }
        if (!isSame) {
            body.raw(name, array.append(']').toString());
        }
    }

    private JsonView change(JsonView message) {
        var role = message.string("role").orElse("");
        var plain = withoutInParts(without(message, drop, "messages."));
        if (role.equals("developer") && !developerRole.equals(role)) {
            return plain.rewrite().set("role", developerRole).toView();
        }
        if (!role.equals("assistant")) {
            return plain;
        }
        // A model that does not think has no use for thoughts, and may be refused them.
        return mayThink ? withThoughts(plain) : without(plain, THOUGHTS, "messages.");
    }

    private JsonView withThoughts(JsonView message) {
        if (reasoning.equals("reasoning") || !thinks(message)) {
            return message;
        }
        var rewrite = message.rewrite();
        if (message.has(reasoning)) {
            rewrite.remove("reasoning");
        } else if (message.has("reasoning")) {
            rewrite.rename("reasoning", reasoning);
        } else {
            // What was thought elsewhere, or not at all, is lost: a blank is enough for those who insist.
            rewrite.set(reasoning, " ");
        }
        return rewrite.toView();
    }

    private boolean thinks(JsonView message) {
        return message.has("reasoning")
                || isReasoningRequired && message.length("tool_calls") > 2 && !message.has(reasoning);
    }

    private JsonView withoutInParts(JsonView message) {
        if (drop.isEmpty()
                || message.kind("content").filter(JsonKind.ARRAY::equals).isEmpty()) {
            return message;
        }
        var rewrite = message.rewrite();
        change(message, "content", part -> without(part, drop, "messages."), rewrite);
        return rewrite.toView();
    }

    private JsonView without(JsonView object, Set<String> names, String place) {
        var there = names.stream().filter(object::has).sorted().toList();
        if (there.isEmpty()) {
            return object;
        }
        var rewrite = object.rewrite();
        for (var name : there) {
            rewrite.remove(name);
            // All that is said of thoughts is one wish.
            leftOut.add(place + (THOUGHTS.contains(name) ? "reasoning_details" : name));
        }
        return rewrite.toView();
    }
}
