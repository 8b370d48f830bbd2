package io.patchbay.api.adapter;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.json.JsonTree;
import java.util.List;
import java.util.Set;

/**
 * All that a canonical message says in words, for adapters whose providers know nothing but content. A refusal and the
 * transcript of a sound stand beside the content; so does a user's name, which OpenRouter writes before what the user
 * says.
 */
public final class MessageContent {
    private static final String AUDIO = "audio";

    /** What can be said by no words. */
    private static final List<String> NOT_WORDS = List.of("images", AUDIO, "function_call");

    private MessageContent() {}

    /**
     * The content: a text or an array of parts; JSON's null if the message says nothing.
     *
     * @param message as the client wrote it; not changed
     * @param field where the message stands in the request
     * @param known members beside the content that the adapter reads itself, such as {@code images}
     * @throws io.patchbay.api.failure.FailureException INVALID_REQUEST if the message holds what can't be said
     */
    public static JsonElement of(JsonObject message, String field, Set<String> known) {
        var transcript = JsonTree.text(JsonTree.object(message.get(AUDIO)).get("transcript"));
        for (var name : NOT_WORDS) {
            boolean hasWords = name.equals(AUDIO) && !transcript.isBlank();
            if (!hasWords && !known.contains(name) && saysSomething(message.get(name))) {
                throw Failure.invalid(field + '.' + name, "This provider can't be told of this.")
                        .toException();
            }
        }
        var refusal = JsonTree.text(message.get("refusal"));
        var name = isUser(message) ? JsonTree.text(message.get("name")) : "";
        var content = message.has("content") ? message.get("content") : JsonNull.INSTANCE;
        if (transcript.isBlank() && refusal.isBlank() && name.isBlank()) {
            return content;
        }
        var parts = new JsonArray();
        add(parts, content);
        add(parts, transcript);
        add(parts, refusal);
        return name.isBlank() ? parts : named(parts, name + ": ");
    }

    private static boolean isUser(JsonObject message) {
        return JsonTree.text(message.get("role")).equals("user");
    }

    private static boolean saysSomething(JsonElement member) {
        return member instanceof JsonObject object && !object.isEmpty()
                || member instanceof JsonArray array && !array.isEmpty();
    }

    private static void add(JsonArray parts, JsonElement content) {
        if (content instanceof JsonArray more) {
            parts.addAll(more);
        } else {
            add(parts, JsonTree.text(content));
        }
    }

    private static void add(JsonArray parts, String text) {
        if (!text.isBlank()) {
            parts.add(text(text));
        }
    }

    private static JsonArray named(JsonArray parts, String name) {
        var named = new JsonArray();
        var first = parts.isEmpty() ? new JsonObject() : JsonTree.object(parts.get(0));
        if (JsonTree.text(first.get("type")).equals("text")) {
            var copy = first.deepCopy();
            copy.addProperty("text", name + JsonTree.text(first.get("text")));
            parts.set(0, copy);
        } else if (!parts.isEmpty()) {
            named.add(text(name.strip()));
        }
        named.addAll(parts);
        return named;
    }

    private static JsonObject text(String text) {
        var part = new JsonObject();
        part.addProperty("type", "text");
        part.addProperty("text", text);
        return part;
    }
}
