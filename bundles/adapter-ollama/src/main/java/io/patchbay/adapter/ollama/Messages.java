package io.patchbay.adapter.ollama;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.patchbay.api.adapter.MessageContent;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.json.JsonTree;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.json.MalformedJson;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes the conversation so far. For one request. */
final class Messages {
    /** Which tool a call went to: Ollama wants a result to name the tool, and not every version knows ids. */
    private final Map<String, String> toolsByCall = new HashMap<>();

    JsonArray of(JsonObject json) {
        var messages = new JsonArray();
        var all = JsonTree.array(json.get("messages"));
        for (int i = 0; i < all.size(); i++) {
            messages.add(message(JsonTree.object(all.get(i)), "messages[" + i + "]"));
        }
        return messages;
    }

    private JsonObject message(JsonObject message, String field) {
        var role = JsonTree.text(message.get("role"));
        return switch (role) {
            case "system", "developer" -> said("system", message, field);
            case "user" -> said("user", message, field);
            case "assistant" -> assistant(message, field);
            case "tool" -> result(message, field);
            default -> throw invalid(field + ".role", "This provider does not know this role.");
        };
    }

    private static JsonObject said(String role, JsonObject message, String field) {
        var said = new JsonObject();
        said.addProperty("role", role);
        addContent(MessageContent.of(message, field, Set.of()), field + ".content", said);
        return said;
    }

    private JsonObject assistant(JsonObject message, String field) {
        var said = said("assistant", message, field);
        var thoughts = Thinking.of(message);
        if (!thoughts.isEmpty()) {
            said.addProperty("thinking", thoughts);
        }
        var calls = new JsonArray();
        var all = JsonTree.array(message.get("tool_calls"));
        for (int i = 0; i < all.size(); i++) {
            calls.add(call(JsonTree.object(all.get(i)), i, field + ".tool_calls[" + i + "].function"));
        }
        if (!calls.isEmpty()) {
            said.add("tool_calls", calls);
        }
        return said;
    }

    private JsonObject call(JsonObject made, int index, String field) {
        var called = JsonTree.object(made.get("function"));
        var function = new JsonObject();
        function.addProperty("index", index);
        function.addProperty("name", JsonTree.text(called.get("name")));
        function.add("arguments", arguments(JsonTree.text(called.get("arguments")), field + ".arguments"));
        var call = new JsonObject();
        var id = JsonTree.text(made.get("id"));
        if (!id.isEmpty()) {
            call.addProperty("id", id);
            toolsByCall.put(id, JsonTree.text(called.get("name")));
        }
        call.add("function", function);
        return call;
    }

    /** OpenAI's arguments are a text that holds an object, Ollama's are the object. */
    private static JsonObject arguments(String text, String field) {
        if (text.isBlank()) {
            return new JsonObject();
        }
        try {
            return JsonView.parse(text).toTree();
        } catch (MalformedJson e) {
            throw invalid(field, "This provider takes nothing but a JSON object for the arguments of a call.");
        }
    }

    private JsonObject result(JsonObject message, String field) {
        var result = said("tool", message, field);
        var id = JsonTree.text(message.get("tool_call_id"));
        var name = toolsByCall.getOrDefault(id, JsonTree.text(message.get("name")));
        if (!name.isEmpty()) {
            result.addProperty("tool_name", name);
        }
        if (!id.isEmpty()) {
            result.addProperty("tool_call_id", id);
        }
        return result;
    }

    /** Content is one text; what is no text stands beside it. */
    private static void addContent(JsonElement content, String field, JsonObject to) {
        if (!(content instanceof JsonArray parts)) {
            to.addProperty("content", JsonTree.text(content));
            return;
        }
        var texts = new StringBuilder();
        var images = new JsonArray();
        for (int i = 0; i < parts.size(); i++) {
            var part = JsonTree.object(parts.get(i));
            var type = JsonTree.text(part.get("type"));
            var place = field + "[" + i + "]";
            switch (type) {
                case "text", "refusal" ->
                    texts.append(texts.isEmpty() ? "" : "\n").append(JsonTree.text(part.get(type)));
                case "image_url" -> images.add(image(part.get("image_url"), place + ".image_url"));
                default -> throw invalid(place, "This provider takes no content but texts and images.");
            }
        }
        to.addProperty("content", texts.toString());
        if (!images.isEmpty()) {
            to.add("images", images);
        }
    }

    /** The bare base64 of a {@code data:} URL. */
    private static String image(@Nullable JsonElement image, String field) {
        var url = image instanceof JsonObject object ? JsonTree.text(object.get("url")) : JsonTree.text(image);
        int comma = url.indexOf(',');
        boolean isInline = comma > 0
                && url.regionMatches(true, 0, "data:", 0, 5)
                && url.regionMatches(true, comma - 7, ";base64", 0, 7);
        if (!isInline) {
            throw invalid(field, "This provider fetches no images: send it as a data: URL in base64.");
        }
        return url.substring(comma + 1);
    }

    private static FailureException invalid(String field, String message) {
        return Failure.invalid(field, message).toException();
    }
}
