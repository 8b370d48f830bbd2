package io.patchbay.adapter.cohere;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.patchbay.api.adapter.MessageContent;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.json.JsonTree;
import java.util.Set;

/** Writes the conversation so far. */
final class Messages {
    private Messages() {}

    static JsonArray of(JsonObject json) {
        var messages = new JsonArray();
        var all = JsonTree.array(json.get("messages"));
        for (int i = 0; i < all.size(); i++) {
            messages.add(message(JsonTree.object(all.get(i)), "messages[" + i + "]"));
        }
        return messages;
    }

    private static JsonObject message(JsonObject message, String field) {
        var role = JsonTree.text(message.get("role"));
        return switch (role) {
            case "system", "developer" -> said("system", message, field);
            case "user" -> said("user", message, field);
            case "assistant" -> assistant(message, field);
            case "tool" -> {
                var result = said("tool", message, field);
                result.add("tool_call_id", message.get("tool_call_id"));
                yield result;
            }
            default ->
                throw Failure.invalid(field + ".role", "This provider does not know this role.")
                        .toException();
        };
    }

    private static JsonObject said(String role, JsonObject message, String field) {
        var said = new JsonObject();
        said.addProperty("role", role);
        said.add("content", content(role, message, field));
        return said;
    }

    private static JsonObject assistant(JsonObject message, String field) {
        var said = new JsonObject();
        said.addProperty("role", "assistant");
        var calls = calls(JsonTree.array(message.get("tool_calls")));
        var content = content("assistant", message, field);
        var details = JsonTree.array(message.get("reasoning_details"));
        var thoughts = Thinking.blocks(details);
        if (!thoughts.isEmpty()) {
            thoughts.addAll(parts(content));
            said.add("content", thoughts);
        } else if (calls.isEmpty() || !isEmpty(content)) {
            said.add("content", content);
        }
        if (!calls.isEmpty()) {
            var plan = Thinking.plan(details);
            if (!plan.isEmpty()) {
                said.addProperty("tool_plan", plan);
            }
            said.add("tool_calls", calls);
        }
        return said;
    }

    private static JsonArray calls(JsonArray asked) {
        var calls = new JsonArray();
        for (var one : asked) {
            var call = JsonTree.object(one);
            var function = JsonTree.object(call.get("function"));
            var written = new JsonObject();
            written.addProperty("name", JsonTree.text(function.get("name")));
            written.addProperty("arguments", ToolCallStream.orNone(JsonTree.text(function.get("arguments"))));
            var copy = new JsonObject();
            copy.add("id", call.get("id"));
            copy.addProperty("type", "function");
            copy.add("function", written);
            calls.add(copy);
        }
        return calls;
    }

    /** A text stays a text: only parts have to be looked at. */
    private static JsonElement content(String role, JsonObject message, String field) {
        var content = MessageContent.of(message, field, Set.of());
        if (!(content instanceof JsonArray all)) {
            return new JsonPrimitive(JsonTree.text(content));
        }
        var parts = new JsonArray();
        for (int i = 0; i < all.size(); i++) {
            parts.add(part(role, JsonTree.object(all.get(i)), field + ".content[" + i + "]"));
        }
        return parts;
    }

    private static JsonObject part(String role, JsonObject part, String field) {
        var type = JsonTree.text(part.get("type"));
        var copy = new JsonObject();
        copy.addProperty("type", type);
        if (type.equals("text") || type.equals("refusal")) {
            copy.addProperty("type", "text");
            copy.addProperty("text", JsonTree.text(part.get(type)));
        } else if (type.equals("image_url") && role.equals("user")) {
            copy.add("image_url", part.get("image_url"));
        } else if (type.equals("document") && role.equals("tool")) {
            copy.add("document", part.get("document"));
        } else {
            throw Failure.invalid(field, "This provider takes no such content in a message of this role.")
                    .toException();
        }
        return copy;
    }

    private static JsonArray parts(JsonElement content) {
        if (content instanceof JsonArray parts) {
            return parts;
        }
        var parts = new JsonArray();
        if (!isEmpty(content)) {
            var text = new JsonObject();
            text.addProperty("type", "text");
            text.add("text", content);
            parts.add(text);
        }
        return parts;
    }

    private static boolean isEmpty(JsonElement content) {
        return content instanceof JsonArray parts
                ? parts.isEmpty()
                : JsonTree.text(content).isEmpty();
    }
}
