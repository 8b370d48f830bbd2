package io.patchbay.guardrails;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.patchbay.api.chat.ChatChunk;
import io.patchbay.api.chat.ChatCompletion;
import io.patchbay.api.guardrails.Blocked;
import io.patchbay.api.json.JsonTree;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.pipeline.AnswerFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Passes the text of an answer through a sieve. Of a stream, the last {@value #MARGIN} characters are kept back until more
 * comes, as what is looked for may be in two pieces.
 */
final class AnswerSieve implements AnswerFilter {
    /** Longer than addresses, numbers and most secrets. */
    static final int MARGIN = 128;

    private static final String CHOICES = "choices";
    private static final String INDEX = "index";
    private static final String DELTA = "delta";
    private static final String CONTENT = "content";
    private static final String FINISH = "finish_reason";

    private final Sieve sieve;
    /** What is kept back, by the index of its choice. */
    private final Map<Integer, StringBuilder> kept = new TreeMap<>();

    AnswerSieve(Sieve sieve) {
        this.sieve = sieve;
    }

    @Override
    public ChatCompletion whole(ChatCompletion completion) {
        var tree = completion.json().toTree();
        for (var choice : JsonTree.array(tree.get(CHOICES))) {
            var message = JsonTree.object(JsonTree.object(choice).get("message"));
            var text = JsonTree.text(message.get(CONTENT));
            if (!text.isEmpty()) {
                message.addProperty(CONTENT, sieve.pass(text));
            }
        }
        refuseIfBlocked();
        return ChatCompletion.of(JsonView.of(tree));
    }

    @Override
    public List<ChatChunk> chunks(List<ChatChunk> chunks) {
        var seen = new ArrayList<ChatChunk>(chunks.size());
        for (var chunk : chunks) {
            var tree = chunk.json().toTree();
            boolean says = false;
            for (var choice : JsonTree.array(tree.get(CHOICES))) {
                says |= pass(JsonTree.object(choice));
            }
            refuseIfBlocked();
            if (says) {
                seen.add(ChatChunk.of(JsonView.of(tree)));
            }
        }
        return seen;
    }

    /** Whether there is anything left in this piece for the client to see now. */
    private boolean pass(JsonObject choice) {
        var delta = JsonTree.object(choice.get(DELTA));
        var text = JsonTree.text(delta.get(CONTENT));
        boolean ends = !JsonTree.text(choice.get(FINISH)).isEmpty();
        if (text.isEmpty() && !ends) {
            return true;
        }
        var waiting =
                kept.computeIfAbsent(index(choice), i -> new StringBuilder()).append(text);
        var ready = ends ? take(waiting, waiting.length()) : take(waiting, sieve.judgeable(waiting.toString(), MARGIN));
        if (!text.isEmpty() || !ready.isEmpty()) {
            delta.addProperty(CONTENT, ready);
            choice.add(DELTA, delta);
        }
        return ends || !ready.isEmpty() || delta.size() > 1;
    }

    private static int index(JsonObject choice) {
        return JsonTree.isNumber(choice.get(INDEX)) ? choice.get(INDEX).getAsInt() : 0;
    }

    private String take(StringBuilder waiting, int length) {
        var passed = sieve.pass(waiting.substring(0, length));
        waiting.delete(0, length);
        return passed;
    }

    @Override
    public List<ChatChunk> rest() {
        var rest = new ArrayList<ChatChunk>();
        kept.forEach((index, waiting) -> {
            if (!waiting.isEmpty()) {
                rest.add(chunk(index, take(waiting, waiting.length())));
            }
        });
        refuseIfBlocked();
        return rest;
    }

    private static ChatChunk chunk(int index, String text) {
        var delta = new JsonObject();
        delta.addProperty(CONTENT, text);
        var choice = new JsonObject();
        choice.addProperty(INDEX, index);
        choice.add(DELTA, delta);
        choice.add(FINISH, JsonNull.INSTANCE);
        var choices = new JsonArray();
        choices.add(choice);
        var chunk = new JsonObject();
        chunk.add(CHOICES, choices);
        return ChatChunk.of(JsonView.of(chunk));
    }

    private void refuseIfBlocked() {
        if (!sieve.blocked().isEmpty()) {
            throw Blocked.response(sieve.blocked());
        }
    }
}
