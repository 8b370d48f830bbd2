package io.patchbay.adapter.gemini;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.patchbay.api.chat.ChatEvent;
import io.patchbay.api.json.JsonTree;
import java.util.List;

/** Puts a stream together as clients do: texts one after the other, details of one index as one. */
final class Gathered {
    private Gathered() {}

    static JsonObject message(List<ChatEvent> events) {
        var message = new JsonObject();
        message.addProperty("role", "assistant");
        message.add("content", JsonNull.INSTANCE);
        for (var text : Samples.deltas(events)) {
            var delta = JsonParser.parseString(text).getAsJsonObject();
            for (var name : List.of("content", "reasoning")) {
                if (delta.has(name)) {
                    var before = JsonTree.text(message.get(name));
                    message.addProperty(name, before + delta.get(name).getAsString());
                }
            }
            for (var name : List.of("tool_calls", "images", "annotations")) {
                JsonTree.array(delta.get(name)).forEach(element -> Json.append(message, name, element));
            }
            JsonTree.array(delta.get("reasoning_details")).forEach(detail -> gather(message, JsonTree.object(detail)));
        }
        return message;
    }

    private static void gather(JsonObject message, JsonObject detail) {
        var all = JsonTree.array(message.get("reasoning_details"));
        message.add("reasoning_details", all);
        var last = all.isEmpty() ? new JsonObject() : JsonTree.object(all.get(all.size() - 1));
        if (!detail.get("index").equals(last.get("index"))) {
            all.add(detail);
            return;
        }
        Json.append(last, "text", JsonTree.text(detail.get("text")));
        if (detail.has("signature")) {
            last.add("signature", detail.get("signature"));
        }
    }

    /** All the details that a stream brought, as they came. */
    static JsonArray details(List<ChatEvent> events) {
        var details = new JsonArray();
        for (var text : Samples.deltas(events)) {
            details.addAll(JsonTree.array(
                    JsonParser.parseString(text).getAsJsonObject().get("reasoning_details")));
        }
        return details;
    }
}
