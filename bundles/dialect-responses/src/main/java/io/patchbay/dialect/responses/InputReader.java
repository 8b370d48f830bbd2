package io.patchbay.dialect.responses;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.patchbay.api.dialect.FieldRule;
import io.patchbay.api.dialect.Parts;
import io.patchbay.api.json.JsonTree;
import org.jspecify.annotations.Nullable;

/**
 * Reads the items of an input as messages: what the assistant has thought, said and called in a row is one message. For
 * one thread.
 */
final class InputReader {
    private final JsonArray messages = new JsonArray();
    /** The assistant's, while its turn goes on. */
    private @Nullable JsonObject turn;

    JsonArray messages() {
        return messages;
    }

    void instructions(String text) {
        if (!text.isBlank()) {
            add("system", new JsonPrimitive(text));
        }
    }

    void user(String text) {
        if (!text.isEmpty()) {
            add("user", new JsonPrimitive(text));
        }
    }

    void read(JsonObject item, String field) {
        switch (JsonTree.text(item.get("type"))) {
            case "", "message" -> message(item, field);
            case "reasoning" -> reasoning(item);
            case "function_call" -> call(item, JsonTree.text(item.get("arguments")), field);
            case "custom_tool_call" -> call(item, CustomTools.arguments(JsonTree.text(item.get("input"))), field);
            case "function_call_output", "custom_tool_call_output" -> output(item, field);
            case "item_reference" ->
                throw FieldRule.wrong(
                        field + ".type",
                        "can't be item_reference: responses are not stored here. Send the item itself");
            case "web_search_call", "file_search_call", "image_generation_call", "code_interpreter_call" -> {
                // What a provider's own tools did; the text that came of it stands beside it.
            }
            default -> throw FieldRule.wrong(field + ".type", "is of no known kind");
        }
    }

    private void message(JsonObject item, String field) {
        var role = JsonTree.text(item.get("role"));
        var content = content(item.get("content"), field + ".content");
        switch (role) {
            case "assistant" -> {
                var turn = turn();
                if (turn.get("content").isJsonNull() && !turn.has("tool_calls")) {
                    turn.add("content", content);
                } else {
                    this.turn = null;
                    turn().add("content", content);
                }
            }
            case "user", "system", "developer" -> add(role, content);
            default -> throw FieldRule.wrong(field + ".role", "must be one of user, assistant, system, developer");
        }
    }

    private void add(String role, JsonElement content) {
        turn = null;
        var message = new JsonObject();
        message.addProperty("role", role);
        message.add("content", content);
        messages.add(message);
    }

    private JsonObject turn() {
        var known = turn;
        if (known == null) {
            known = new JsonObject();
            known.addProperty("role", "assistant");
            known.add("content", JsonNull.INSTANCE);
            messages.add(known);
            turn = known;
        }
        return known;
    }

    private static JsonElement content(@Nullable JsonElement content, String field) {
        if (!(content instanceof JsonArray parts)) {
            return new JsonPrimitive(JsonTree.text(content));
        }
        var canonical = new JsonArray();
        for (int i = 0; i < parts.size(); i++) {
            canonical.add(part(JsonTree.object(parts.get(i)), field + '[' + i + ']'));
        }
        return Parts.content(canonical);
    }

    private static JsonObject part(JsonObject part, String field) {
        var canonical = switch (JsonTree.text(part.get("type"))) {
            case "input_text", "output_text", "text" -> with("text", "text", part.get("text"));
            case "refusal" -> with("refusal", "refusal", part.get("refusal"));
            case "input_image" -> image(part, field);
            case "input_file" -> file(part, field);
            case "input_audio" -> with("input_audio", "input_audio", part.get("input_audio"));
            default ->
                throw FieldRule.wrong(
                        field + ".type",
                        "must be one of input_text, input_image, input_file, input_audio, output_text, refusal");
        };
        if (part.get("cache_control") instanceof JsonObject control) {
            canonical.add("cache_control", control);
        }
        return canonical;
    }

    private static JsonObject with(String type, String name, @Nullable JsonElement value) {
        var part = new JsonObject();
        part.addProperty("type", type);
        part.add(name, value == null ? JsonNull.INSTANCE : value);
        return part;
    }

    private static JsonObject image(JsonObject part, String field) {
        var url = JsonTree.text(part.get("image_url"));
        if (url.isEmpty()) {
            throw FieldRule.wrong(field + ".image_url", "is missing: files are not stored here");
        }
        var image = new JsonObject();
        image.addProperty("url", url);
        JsonTree.copy(part, "detail", image, "detail");
        return with("image_url", "image_url", image);
    }

    private static JsonObject file(JsonObject part, String field) {
        var url = JsonTree.text(part.get("file_url"));
        var data = url.isEmpty() ? JsonTree.text(part.get("file_data")) : url;
        if (data.isEmpty()) {
            throw FieldRule.wrong(field + ".file_data", "is missing: files are not stored here");
        }
        var file = new JsonObject();
        var name = JsonTree.text(part.get("filename"));
        file.addProperty("filename", name.isEmpty() ? "file" : name);
        file.addProperty("file_data", data);
        return with("file", "file", file);
    }

    private void call(JsonObject item, String arguments, String field) {
        var id = JsonTree.text(item.get("call_id"));
        if (id.isEmpty()) {
            throw FieldRule.wrong(field + ".call_id", "is missing");
        }
        var function = new JsonObject();
        function.addProperty("name", JsonTree.text(item.get("name")));
        function.addProperty("arguments", arguments);
        var call = new JsonObject();
        call.addProperty("id", id);
        call.addProperty("type", "function");
        call.add("function", function);
        var turn = turn();
        var calls = JsonTree.array(turn.get("tool_calls"));
        calls.add(call);
        turn.add("tool_calls", calls);
    }

    private void output(JsonObject item, String field) {
        var id = JsonTree.text(item.get("call_id"));
        if (id.isEmpty()) {
            throw FieldRule.wrong(field + ".call_id", "is missing");
        }
        var content = content(item.get("output"), field + ".output");
        turn = null;
        var message = new JsonObject();
        message.addProperty("role", "tool");
        message.addProperty("tool_call_id", id);
        message.add("content", content);
        messages.add(message);
    }

    /** Thoughts begin a turn, and belong to what follows. */
    private void reasoning(JsonObject item) {
        turn = null;
        var details = new JsonArray();
        for (var summary : JsonTree.array(item.get("summary"))) {
            details.add(detail(
                    item,
                    "reasoning.summary",
                    "summary",
                    JsonTree.object(summary).get("text")));
        }
        for (var content : JsonTree.array(item.get("content"))) {
            var detail = detail(
                    item, "reasoning.text", "text", JsonTree.object(content).get("text"));
            if (item.has("signature")) {
                detail.add("signature", item.get("signature"));
            }
            details.add(detail);
        }
        if (!JsonTree.text(item.get("encrypted_content")).isEmpty()) {
            details.add(detail(item, "reasoning.encrypted", "data", item.get("encrypted_content")));
        }
        if (!details.isEmpty()) {
            turn().add("reasoning_details", details);
        }
    }

    private static JsonObject detail(JsonObject item, String type, String name, @Nullable JsonElement value) {
        var detail = with(type, name, value);
        JsonTree.copy(item, "format", detail, "format");
        if (item.has("id")) {
            detail.add("id", item.get("id"));
        }
        detail.addProperty("index", 0);
        return detail;
    }
}
