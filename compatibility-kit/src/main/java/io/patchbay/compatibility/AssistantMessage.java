package io.patchbay.compatibility;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.patchbay.api.json.JsonTree;
import io.patchbay.api.json.JsonView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer put together as a client does that sends it back in the next turn: pieces of {@code reasoning_details} with
 * the same index and kind are one, texts in them are joined, everything else is as it came last. For one thread.
 */
final class AssistantMessage {
    private static final List<String> JOINED = List.of("text", "summary", "data");

    private final Map<String, JsonObject> details = new LinkedHashMap<>();

    void take(JsonView messageOrDelta) {
        for (var detail : messageOrDelta.objects("reasoning_details")) {
            var piece = detail.toTree();
            var key = piece.get("index") + "/" + piece.get("type") + "/" + piece.get("id");
            var whole = details.computeIfAbsent(key, first -> new JsonObject());
            piece.asMap().forEach((name, value) -> whole.add(name, joined(name, whole.get(name), value)));
        }
    }

    private static JsonElement joined(String name, @Nullable JsonElement before, JsonElement value) {
        return before == null || !JOINED.contains(name) || value.isJsonNull()
                ? value
                : new JsonPrimitive(JsonTree.text(before) + JsonTree.text(value));
    }

    /** The message, with its calls. */
    JsonObject toJson(Answer answer) {
        var message = new JsonObject();
        message.addProperty("role", "assistant");
        message.addProperty("content", answer.text());
        if (!details.isEmpty()) {
            var all = new JsonArray();
            details.values().forEach(all::add);
            message.add("reasoning_details", all);
        }
        var calls = new JsonArray();
        for (var call : answer.calls()) {
            var function = new JsonObject();
            function.addProperty("name", call.name());
            function.addProperty("arguments", call.arguments());
            var whole = new JsonObject();
            whole.addProperty("id", call.id());
            whole.addProperty("type", "function");
            whole.add("function", function);
            calls.add(whole);
        }
        message.add("tool_calls", calls);
        return message;
    }
}
