package io.patchbay.adapter.gemini;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.patchbay.api.adapter.MessageContent;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.json.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The conversation so far, in Gemini's order: what comes first from the system stands apart; messages of one role in a
 * row are one turn; and all results of tools begin the turn that follows their calls, in the order of the calls.
 */
final class Conversation {
    private final ModelRules rules;
    private final JsonArray system = new JsonArray();
    private final List<Turn> turns = new ArrayList<>();

    private Conversation(ModelRules rules) {
        this.rules = rules;
    }

    static Conversation of(JsonArray messages, ModelRules rules) {
        var conversation = new Conversation(rules);
        for (int i = 0; i < messages.size(); i++) {
            conversation.add(JsonTree.object(messages.get(i)), "messages[" + i + "]");
        }
        conversation.complete();
        return conversation;
    }

    /** Parts of the system instruction. */
    JsonArray system() {
        return system;
    }

    JsonArray contents() {
        var contents = new JsonArray();
        for (var turn : turns) {
            contents.add(turn.toContent());
        }
        return contents;
    }

    private void add(JsonObject message, String field) {
        var content = MessageContent.of(message, field, Set.of("images"));
        switch (JsonTree.text(message.get("role"))) {
            case "system", "developer" -> addSystem(Media.parts(content, true, rules, field + ".content"));
            case "user" -> say(Turn.USER, Media.parts(content, false, rules, field + ".content"));
            case "assistant" -> addAnswer(message, content, field);
            case "tool" -> addResult(message, field);
            default ->
                throw Failure.invalid(field + ".role", "This provider does not know this role.")
                        .toException();
        }
    }

    /** A later system message keeps its place, as the user's. */
    private void addSystem(JsonArray parts) {
        if (turns.isEmpty()) {
            system.addAll(parts);
            return;
        }
        for (var element : parts) {
            var part = JsonTree.object(element);
            part.addProperty("text", "<system>\n" + JsonTree.text(part.get("text")) + "\n</system>");
        }
        say(Turn.USER, parts);
    }

    private void addAnswer(JsonObject message, JsonElement content, String field) {
        var signatures = Signatures.of(JsonTree.array(message.get("reasoning_details")));
        var end = new JsonArray();
        var answer = new JsonArray();
        answer.addAll(signatures.thoughts());
        var texts = signatures.parts(Media.text(content), end);
        answer.addAll(texts);
        var others = Media.parts(content, false, rules, field + ".content");
        others.asList().removeIf(part -> JsonTree.object(part).has("text"));
        answer.addAll(others);
        var images = JsonTree.array(message.get("images"));
        for (int i = 0; i < images.size(); i++) {
            var image = Media.image(JsonTree.object(images.get(i)), rules, field + ".images[" + i + "]");
            sign(image, signatures.of(Signatures.ofImage(i)));
            answer.add(image);
        }
        addCalls(JsonTree.array(message.get("tool_calls")), signatures, answer, field + ".tool_calls");
        if (!texts.isEmpty()) {
            sign(JsonTree.object(texts.get(texts.size() - 1)), signatures.takeHomeless());
        }
        answer.addAll(end);
        say(Turn.MODEL, answer);
    }

    private void addCalls(JsonArray calls, Signatures signatures, JsonArray answer, String field) {
        for (int i = 0; i < calls.size(); i++) {
            var call = JsonTree.object(calls.get(i));
            var function = JsonTree.object(call.get("function"));
            var id = JsonTree.text(call.get("id"));
            var name = JsonTree.text(function.get("name"));
            var made = Json.with("name", name);
            made.add("args", Arguments.object(JsonTree.text(function.get("arguments"))));
            addId(made, id);
            var part = Json.with("functionCall", made);
            sign(part, signatures.of(id));
            sign(part, Signatures.besides(call));
            if (i == 0 && !part.has("thoughtSignature")) {
                // Of calls made at once only the first one is signed.
                sign(part, signatures.takeHomeless());
                sign(part, rules.wantsSignatures() ? Signatures.NONE : "");
            }
            answer.add(part);
            if (turn(Turn.MODEL).calls().put(id, new Turn.Call(name, field + "[" + i + "]")) != null) {
                throw Failure.invalid(field + "[" + i + "].id", "Two calls of this turn have the same id.")
                        .toException();
            }
        }
    }

    private void addResult(JsonObject message, String field) {
        var id = JsonTree.text(message.get("tool_call_id"));
        int caller = lastOf(Turn.MODEL);
        var call = caller < 0 ? null : turns.get(caller).calls().get(id);
        if (call == null || turns.get(caller).results().containsKey(id)) {
            throw Failure.invalid(field + ".tool_call_id", "There is no call of this id right before.")
                    .toException();
        }
        var answered = Json.with("name", call.name());
        addId(answered, id);
        var more = Media.parts(message.get("content"), false, rules, field + ".content");
        more.asList().removeIf(part -> JsonTree.object(part).has("text"));
        answered.add("response", Arguments.result(Media.text(message.get("content"))));
        var result = new JsonArray();
        result.add(Json.with("functionResponse", answered));
        if (rules.takesMediaInResults()) {
            Json.addUnlessEmpty(answered, "parts", more);
        } else {
            result.addAll(more);
        }
        turns.get(caller).results().put(id, result);
        if (turns.size() == caller + 1) {
            turns.add(Turn.of(Turn.USER));
        }
    }

    private void addId(JsonObject part, String id) {
        // Vertex AI refuses ids, though it may give some.
        if (!rules.isVertex() && CallIds.isGiven(id)) {
            part.addProperty("id", id);
        }
    }

    private static void sign(JsonObject part, String signature) {
        if (!signature.isEmpty() && !part.has("thoughtSignature")) {
            part.addProperty("thoughtSignature", signature);
        }
    }

    private void complete() {
        for (int i = turns.size() - 1; i >= 0; i--) {
            var turn = turns.get(i);
            for (var call : turn.calls().entrySet()) {
                if (!turn.results().containsKey(call.getKey())) {
                    throw Failure.invalid(call.getValue().field(), "The result of this call is missing.")
                            .toException();
                }
            }
            if (!turn.calls().isEmpty()) {
                var results = turn.resultsInOrder();
                results.addAll(turns.get(i + 1).parts());
                turns.set(
                        i + 1,
                        new Turn(
                                Turn.USER,
                                results,
                                turns.get(i + 1).calls(),
                                turns.get(i + 1).results()));
            }
        }
        if (!system.isEmpty() && (turns.isEmpty() || !rules.takesSystem())) {
            // Somebody has to ask; and some models listen to nobody else.
            var first = system.deepCopy();
            system.asList().clear();
            if (turns.isEmpty() || !turns.get(0).role().equals(Turn.USER)) {
                turns.add(0, Turn.of(Turn.USER));
            }
            first.addAll(turns.get(0).parts());
            turns.set(
                    0,
                    new Turn(
                            Turn.USER, first, turns.get(0).calls(), turns.get(0).results()));
        }
        if (turns.isEmpty()) {
            throw Failure.invalid("messages", "This provider wants something to be said.")
                    .toException();
        }
    }

    private void say(String role, JsonArray parts) {
        if (!parts.isEmpty()) {
            turn(role).parts().addAll(parts);
        }
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
}
