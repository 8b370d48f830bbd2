package io.patchbay.adapter.bedrock;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.api.adapter.MessageContent;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.json.JsonTree;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.json.MalformedJson;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The conversation so far, in Bedrock's order: what comes first from the system stands apart; messages of one role in a
 * row are one turn; and all results of tools begin the turn that follows their calls, wherever they stood.
 */
final class Conversation {
    private final ModelRules rules;
    private final Content content;
    private final JsonArray system = new JsonArray();
    private final List<Turn> turns = new ArrayList<>();
    private final Set<String> calledTools = new LinkedHashSet<>();

    private Conversation(ModelRules rules) {
        this.rules = rules;
        this.content = new Content(rules);
    }

    /**
     * Reads it.
     *
     * @param asked the request; it may say that the conversation up to here can be cached
     */
    static Conversation of(JsonObject asked, ModelRules rules) {
        var messages = JsonTree.array(asked.get("messages"));
        var conversation = new Conversation(rules);
        for (int i = 0; i < messages.size(); i++) {
            conversation.add(JsonTree.object(messages.get(i)), "messages[" + i + "]");
        }
        conversation.complete(asked);
        return conversation;
    }

    /** Blocks for the system field; the caller's. */
    JsonArray system() {
        return system;
    }

    JsonArray messages() {
        var messages = new JsonArray();
        turns.forEach(turn -> messages.add(turn.message()));
        return messages;
    }

    /** Names of the tools that were called so far. */
    Set<String> calledTools() {
        return calledTools;
    }

    /**
     * Whether a Claude with a budget may think now. Not while it waits for tools that it called without thinking: that
     * happens if another model called them, or the client lost the thoughts.
     */
    boolean mayThink() {
        int last = lastOf("assistant");
        return last < 0 || !turns.get(last).has("toolUse") || turns.get(last).beginsWithThought();
    }

    private void add(JsonObject message, String field) {
        switch (JsonTree.text(message.get("role"))) {
            case "system", "developer" -> addSystem(blocks(message, true, field));
            case "user" -> say("user", blocks(message, false, field));
            case "assistant" -> {
                say("assistant", ReasoningDetails.blocks(JsonTree.array(message.get("reasoning_details")), rules));
                say("assistant", blocks(message, true, field));
                addCalls(JsonTree.array(message.get("tool_calls")), field + ".tool_calls");
            }
            case "tool" -> addResult(message, field);
            default -> throw invalid(field + ".role", "This provider does not know this role.");
        }
    }

    /** What is said of caching on a message, is said of all that it says. */
    private JsonArray blocks(JsonObject message, boolean textOnly, String field) {
        var said = MessageContent.of(message, field, Set.of());
        var blocks = content.blocks(said, textOnly, field + ".content");
        CachePoints.add(message, rules, blocks);
        return blocks;
    }

    /** Bedrock knows no later system messages: such a one keeps its place as the user's. */
    private void addSystem(JsonArray blocks) {
        if (turns.isEmpty()) {
            system.addAll(blocks);
            return;
        }
        for (var element : blocks) {
            var block = JsonTree.object(element);
            if (block.has("text")) {
                block.addProperty("text", "<system>\n" + JsonTree.text(block.get("text")) + "\n</system>");
            }
        }
        say("user", blocks);
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
            var name = JsonTree.text(function.get("name"));
            var id = ToolIds.of(JsonTree.text(call.get("id")), rules);
            var use = new JsonObject();
            use.addProperty("toolUseId", id);
            use.addProperty("name", name);
            use.add("input", input(JsonTree.text(function.get("arguments"))));
            var turn = turn("assistant");
            turn.blocks().add(Json.of("toolUse", use));
            turn.open().put(id, field + "[" + i + "]");
            calledTools.add(name);
        }
    }

    private void addResult(JsonObject message, String field) {
        var id = ToolIds.of(JsonTree.text(message.get("tool_call_id")), rules);
        int caller = lastOf("assistant");
        if (caller < 0 || turns.get(caller).open().remove(id) == null) {
            throw invalid(field + ".tool_call_id", "There is no call of this id right before.");
        }
        var said = new JsonArray();
        var cachePoints = new JsonArray();
        for (var block : blocks(message, false, field)) {
            // The result as a whole is what can be cached.
            (JsonTree.object(block).has("cachePoint") ? cachePoints : said).add(block);
        }
        if (said.isEmpty()) {
            // Bedrock refuses blank texts, and most models a result without content.
            said.add(Json.of("text", "(no output)"));
        }
        var result = new JsonObject();
        result.addProperty("toolUseId", id);
        result.add("content", said);
        if (turns.size() == caller + 1) {
            turns.add(Turn.of("user"));
        }
        var results = turns.get(caller + 1).results();
        results.add(Json.of("toolResult", result));
        if (!cachePoints.isEmpty()) {
            results.add(cachePoints.get(0));
        }
        CachePoints.add(message, rules, results);
    }

    private void complete(JsonObject asked) {
        if (turns.isEmpty() && !system.isEmpty()) {
            // Somebody has to ask.
            say("user", system.deepCopy());
            system.asList().clear();
        }
        if (turns.isEmpty() || !turns.get(0).role().equals("user")) {
            throw invalid("messages", "This provider wants a message of the user first.");
        }
        for (var turn : turns) {
            for (var field : turn.open().values()) {
                throw invalid(field, "The result of this call is missing.");
            }
            turn.mendDocuments();
        }
        var last = turns.get(turns.size() - 1);
        last.trimPrefill();
        CachePoints.add(asked, rules, last.blocks().isEmpty() ? last.results() : last.blocks());
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

    /** Bedrock wants an object. What a model wrote may be anything. */
    private static JsonObject input(String arguments) {
        if (arguments.isBlank()) {
            return new JsonObject();
        }
        try {
            return JsonView.parse(arguments).toTree();
        } catch (MalformedJson e) {
            return Json.of("arguments", arguments);
        }
    }

    private static RuntimeException invalid(String field, String message) {
        return Failure.invalid(field, message).toException();
    }
}
