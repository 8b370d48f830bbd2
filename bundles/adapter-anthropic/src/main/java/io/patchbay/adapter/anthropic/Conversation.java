package io.patchbay.adapter.anthropic;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.patchbay.api.adapter.MessageContent;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.json.JsonTree;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.json.MalformedJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The conversation so far, in Anthropic's order: what comes first from the system stands apart; messages of one role in
 * a row are one turn; and all results of tools begin the turn that follows their calls, wherever they stood.
 */
final class Conversation {
    private static final Pattern NOT_IN_ID = Pattern.compile("[^a-zA-Z0-9_-]");

    private final ModelRules rules;
    /** Of messages that may hold more than text. */
    private final Content.Media media;

    private final JsonArray system = new JsonArray();
    private final List<Turn> turns = new ArrayList<>();

    private Conversation(ModelRules rules) {
        this.rules = rules;
        this.media = rules.takesUrls() ? Content.Media.ANY : Content.Media.INLINE;
    }

    static Conversation of(JsonArray messages, ModelRules rules) {
        var conversation = new Conversation(rules);
        for (int i = 0; i < messages.size(); i++) {
            conversation.add(JsonTree.object(messages.get(i)), "messages[" + i + "]");
        }
        conversation.complete();
        return conversation;
    }

    /** Blocks for the system field; the caller's. */
    JsonArray system() {
        return system;
    }

    JsonArray messages() {
        var messages = new JsonArray();
        for (var turn : turns) {
            var message = new JsonObject();
            message.addProperty("role", turn.role());
            message.add("content", turn.content());
            messages.add(message);
        }
        return messages;
    }

    /**
     * Whether a model with a budget may think now. Not while it waits for tools that it called without thinking: that
     * happens if another model called them, or the client lost the thoughts.
     */
    boolean mayThink() {
        int last = lastOf("assistant");
        return last < 0 || !turns.get(last).hasCalls() || turns.get(last).beginsWithThought();
    }

    /** Marks all of it as worth caching: what Anthropic itself makes of such a mark on the whole request. */
    void cache(JsonObject control) {
        if (!control.isEmpty()) {
            turns.get(turns.size() - 1).cache(control);
        }
    }

    private void add(JsonObject message, String field) {
        switch (JsonTree.text(message.get("role"))) {
            case "system", "developer" -> addSystem(blocks(message, Content.Media.NONE, field));
            case "user" -> say("user", blocks(message, media, field));
            case "assistant" -> {
                say("assistant", ReasoningDetails.blocks(JsonTree.array(message.get("reasoning_details"))));
                say("assistant", blocks(message, Content.Media.NONE, field));
                addCalls(JsonTree.array(message.get("tool_calls")), field + ".tool_calls");
            }
            case "tool" -> addResult(message, field);
            default ->
                throw Failure.invalid(field + ".role", "This provider does not know this role.")
                        .toException();
        }
    }

    /** What is said of caching on a message, is said of all that it says. */
    private static JsonArray blocks(JsonObject message, Content.Media taken, String field) {
        var content = MessageContent.of(message, field, Set.of());
        var blocks = Content.blocks(content, taken, field + ".content");
        if (!blocks.isEmpty()) {
            Json.addCacheControl(message, JsonTree.object(blocks.get(blocks.size() - 1)));
        }
        return blocks;
    }

    /** A later system message keeps its place, if need be as the user's. */
    private void addSystem(JsonArray blocks) {
        if (turns.isEmpty()) {
            system.addAll(blocks);
        } else if (rules.takesSystemInTurns()) {
            say("system", blocks);
        } else {
            for (var element : blocks) {
                var block = JsonTree.object(element);
                block.addProperty("text", "<system>\n" + JsonTree.text(block.get("text")) + "\n</system>");
            }
            say("user", blocks);
        }
    }

    private void say(String role, JsonArray blocks) {
        if (!blocks.isEmpty()) {
            turn(role).blocks().addAll(blocks);
        }
    }

    private void addCalls(JsonArray calls, String field) {
        for (int i = 0; i < calls.size(); i++) {
            var call = JsonTree.object(calls.get(i));
            var function = JsonTree.object(call.get("function"));
            var id = id(JsonTree.text(call.get("id")));
            var block = Json.typed("tool_use");
            block.addProperty("id", id);
            block.addProperty("name", JsonTree.text(function.get("name")));
            block.add("input", input(JsonTree.text(function.get("arguments"))));
            var turn = turn("assistant");
            turn.blocks().add(block);
            turn.open().put(id, field + "[" + i + "]");
        }
    }

    private void addResult(JsonObject message, String field) {
        var id = id(JsonTree.text(message.get("tool_call_id")));
        int caller = lastOf("assistant");
        if (caller < 0 || turns.get(caller).open().remove(id) == null) {
            throw Failure.invalid(field + ".tool_call_id", "There is no call of this id right before.")
                    .toException();
        }
        var result = Json.typed("tool_result");
        result.addProperty("tool_use_id", id);
        var blocks = blocks(message, media, field);
        for (var block : blocks) {
            // The result as a whole is what can be cached.
            Json.addCacheControl(JsonTree.object(block), result);
            JsonTree.object(block).remove("cache_control");
        }
        Json.addCacheControl(message, result);
        if (message.get("content") instanceof JsonPrimitive text) {
            result.add("content", text);
        } else if (!blocks.isEmpty()) {
            result.add("content", blocks);
        }
        if (turns.size() == caller + 1 || !turns.get(caller + 1).role().equals("user")) {
            turns.add(caller + 1, Turn.of("user"));
        }
        turns.get(caller + 1).results().add(result);
    }

    private void complete() {
        if (turns.isEmpty() && !system.isEmpty()) {
            // Somebody has to ask.
            say("user", system.deepCopy());
            system.asList().clear();
        }
        if (turns.isEmpty() || !turns.get(0).role().equals("user")) {
            throw Failure.invalid("messages", "This provider wants a message of the user first.")
                    .toException();
        }
        for (var turn : turns) {
            for (var field : turn.open().values()) {
                throw Failure.invalid(field, "The result of this call is missing.")
                        .toException();
            }
        }
        turns.get(turns.size() - 1).trimPrefill();
    }

    private Turn turn(String role) {
        if (turns.isEmpty() || !turns.get(turns.size() - 1).role().equals(role)) {
            turns.add(Turn.of(role));
        }
        return turns.get(turns.size() - 1);
    }

    private int lastOf(String role) {
        int i = turns.size() - 1;
        while (i >= 0 && !turns.get(i).role().equals(role)) {
            i--;
        }
        return i;
    }

    /** Other providers' ids have characters that Anthropic refuses. */
    private static String id(String id) {
        return NOT_IN_ID.matcher(id).replaceAll("_");
    }

    /** Anthropic wants an object. What a model wrote may be anything. */
    private static JsonObject input(String arguments) {
        if (arguments.isBlank()) {
            return new JsonObject();
        }
        try {
            return JsonView.parse(arguments).toTree();
        } catch (MalformedJson e) {
            var wrapped = new JsonObject();
            wrapped.addProperty("arguments", arguments);
            return wrapped;
        }
    }
}
