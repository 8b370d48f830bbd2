package io.patchbay.dialect.anthropic;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.patchbay.api.dialect.FieldRule;
import io.patchbay.api.dialect.Parts;
import io.patchbay.api.json.JsonTree;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Reads one message. Of a user's, the results of tools become messages of their own, and come first: the canonical form
 * has them right after the calls.
 */
final class MessageReader {
    private MessageReader() {}

    /** @param messages gets what it comes to */
    static void read(JsonObject message, String field, JsonArray messages) {
        var role = JsonTree.text(message.get("role"));
        var content = message.get("content");
        if (content instanceof JsonPrimitive text && text.isString()) {
            messages.add(message(known(role, field), text));
            return;
        }
        if (!(content instanceof JsonArray blocks)) {
            throw FieldRule.wrong(field + ".content", "must be a string or an array of blocks");
        }
        if (known(role, field).equals("assistant")) {
            messages.add(assistant(blocks, field + ".content"));
        } else {
            addOthers(role, blocks, field + ".content", messages);
        }
    }

    private static String known(String role, String field) {
        return switch (role) {
            case "user", "assistant", "system" -> role;
            default -> throw FieldRule.wrong(field + ".role", "must be user or assistant");
        };
    }

    private static JsonObject message(String role, JsonElement content) {
        var message = new JsonObject();
        message.addProperty("role", role);
        message.add("content", content);
        return message;
    }

    private static JsonObject assistant(JsonArray blocks, String field) {
        var texts = new JsonArray();
        var thoughts = new JsonArray();
        var calls = new JsonArray();
        for (int i = 0; i < blocks.size(); i++) {
            var block = JsonTree.object(blocks.get(i));
            switch (JsonTree.text(block.get("type"))) {
                case "text" -> texts.add(text(block));
                case "thinking", "redacted_thinking" ->
                    Thoughts.detail(block, thoughts.size()).ifPresent(thoughts::add);
                case "tool_use" -> calls.add(call(block, field + '[' + i + ']'));
                case "" -> throw FieldRule.wrong(field + '[' + i + "].type", "must be a string");
                default -> {
                    // What Anthropic's own tools did is for Anthropic alone; the text that came of it stands beside it.
                }
            }
        }
        var message = message("assistant", texts.isEmpty() ? JsonNull.INSTANCE : Parts.content(texts));
        if (!thoughts.isEmpty()) {
            message.add("reasoning_details", thoughts);
        }
        if (!calls.isEmpty()) {
            message.add("tool_calls", calls);
        } else if (texts.isEmpty()) {
            message.addProperty("content", "");
        }
        return message;
    }

    private static JsonObject call(JsonObject block, String field) {
        if (JsonTree.text(block.get("id")).isEmpty()) {
            throw FieldRule.wrong(field + ".id", "is missing");
        }
        var function = new JsonObject();
        function.addProperty("name", JsonTree.text(block.get("name")));
        function.addProperty("arguments", block.get("input") instanceof JsonObject input ? input.toString() : "{}");
        var call = new JsonObject();
        call.add("id", block.get("id"));
        call.addProperty("type", "function");
        call.add("function", function);
        return call;
    }

    private static void addOthers(String role, JsonArray blocks, String field, JsonArray messages) {
        var parts = new JsonArray();
        for (int i = 0; i < blocks.size(); i++) {
            var block = JsonTree.object(blocks.get(i));
            var place = field + '[' + i + ']';
            if (JsonTree.text(block.get("type")).equals("tool_result")) {
                messages.add(result(block, place));
            } else {
                parts.add(part(block, place));
            }
        }
        if (!parts.isEmpty()) {
            messages.add(message(role, Parts.content(parts)));
        }
    }

    private static JsonObject result(JsonObject block, String field) {
        var id = JsonTree.text(block.get("tool_use_id"));
        if (id.isEmpty()) {
            throw FieldRule.wrong(field + ".tool_use_id", "is missing");
        }
        var content = block.get("content");
        var message = new JsonObject();
        message.addProperty("role", "tool");
        message.addProperty("tool_call_id", id);
        if (content instanceof JsonArray blocks) {
            message.add("content", Parts.content(parts(blocks, field + ".content")));
        } else {
            message.addProperty("content", JsonTree.text(content));
        }
        addCacheControl(block, message);
        return message;
    }

    private static JsonArray parts(JsonArray blocks, String field) {
        var parts = new JsonArray();
        for (int i = 0; i < blocks.size(); i++) {
            parts.add(part(JsonTree.object(blocks.get(i)), field + '[' + i + ']'));
        }
        return parts;
    }

    private static JsonObject part(JsonObject block, String field) {
        var part = switch (JsonTree.text(block.get("type"))) {
            case "text" -> text(block);
            case "image" -> image(JsonTree.object(block.get("source")), field + ".source");
            case "document" -> document(block, field);
            case "search_result" -> found(block);
            case "tool_reference" -> text(JsonTree.text(block.get("tool_name")));
            default ->
                throw FieldRule.wrong(
                        field + ".type", "must be one of text, image, document, search_result, tool_result");
        };
        addCacheControl(block, part);
        return part;
    }

    private static JsonObject text(JsonObject block) {
        var part = text(JsonTree.text(block.get("text")));
        addCacheControl(block, part);
        return part;
    }

    private static JsonObject text(String text) {
        var part = new JsonObject();
        part.addProperty("type", "text");
        part.addProperty("text", text);
        return part;
    }

    private static JsonObject image(JsonObject source, String field) {
        var image = new JsonObject();
        image.addProperty("url", url(source, field));
        var part = new JsonObject();
        part.addProperty("type", "image_url");
        part.add("image_url", image);
        return part;
    }

    private static String url(JsonObject source, String field) {
        return switch (JsonTree.text(source.get("type"))) {
            case "url" -> JsonTree.text(source.get("url"));
            case "base64" ->
                "data:" + JsonTree.text(source.get("media_type")) + ";base64," + JsonTree.text(source.get("data"));
            default -> throw FieldRule.wrong(field + ".type", "must be base64 or url");
        };
    }

    private static JsonObject document(JsonObject block, String field) {
        var source = JsonTree.object(block.get("source"));
        var type = JsonTree.text(source.get("type"));
        var title = JsonTree.text(block.get("title"));
        if (type.equals("content")) {
            return text(title + '\n' + words(source.get("content")));
        }
        var file = new JsonObject();
        file.addProperty("filename", title.isEmpty() ? "document" : title);
        file.addProperty(
                "file_data",
                type.equals("text")
                        ? "data:text/plain;base64,"
                                + Base64.getEncoder()
                                        .encodeToString(JsonTree.text(source.get("data"))
                                                .getBytes(StandardCharsets.UTF_8))
                        : url(source, field + ".source"));
        var part = new JsonObject();
        part.addProperty("type", "file");
        part.add("file", file);
        return part;
    }

    /** What a search of the client's own has found. */
    private static JsonObject found(JsonObject block) {
        return text(JsonTree.text(block.get("title")) + " (" + JsonTree.text(block.get("source")) + ")\n"
                + words(block.get("content")));
    }

    private static String words(@Nullable JsonElement content) {
        if (!(content instanceof JsonArray blocks)) {
            return JsonTree.text(content);
        }
        var words = new StringBuilder();
        blocks.forEach(
                block -> words.append(JsonTree.text(JsonTree.object(block).get("text"))));
        return words.toString();
    }

    private static void addCacheControl(JsonObject from, JsonObject to) {
        if (from.get("cache_control") instanceof JsonObject control) {
            to.add("cache_control", control);
        }
    }
}
