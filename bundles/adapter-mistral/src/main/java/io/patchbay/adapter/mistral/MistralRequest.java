package io.patchbay.adapter.mistral;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.patchbay.api.adapter.MessageContent;
import io.patchbay.api.json.JsonTree;
import io.patchbay.api.json.JsonView;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A canonical request in Mistral's words; what gateway and OpenAI mean by other fields is not this class's business. */
final class MistralRequest {
    private static final Set<String> NOT_OF_A_PART = Set.of("cache_control", "prompt_cache_breakpoint");

    private MistralRequest() {}

    static JsonView translate(JsonView canonical) {
        var request = canonical.toTree();
        rename(request, "seed", "random_seed");
        rename(request, "max_completion_tokens", "max_tokens");
        if (request.get("messages") instanceof JsonArray messages) {
            request.add("messages", messages(messages));
        }
        JsonTree.array(request.get("tools"))
                .forEach(tool -> JsonTree.object(tool).remove("cache_control"));
        return JsonView.of(request);
    }

    /** Where the request has both names, Mistral's own one wins. */
    private static void rename(JsonObject object, String from, String to) {
        var value = object.remove(from);
        if (value != null && !value.isJsonNull() && !object.has(to)) {
            object.add(to, value);
        }
    }

    private static JsonArray messages(JsonArray canonical) {
        var messages = new JsonArray();
        for (int i = 0; i < canonical.size(); i++) {
            messages.add(message(JsonTree.object(canonical.get(i)), "messages[" + i + "]"));
        }
        if (!messages.isEmpty() && messages.get(messages.size() - 1) instanceof JsonObject last && isPrefill(last)) {
            last.addProperty("prefix", true);
        }
        return messages;
    }

    /** Mistral refuses an answer at the end, unless it is said to be the beginning of the next one. */
    private static boolean isPrefill(JsonObject last) {
        return "assistant".equals(JsonTree.text(last.get("role"))) && !last.has("tool_calls");
    }

    private static JsonObject message(JsonObject canonical, String field) {
        var role = JsonTree.text(canonical.get("role"));
        var content = content(MessageContent.of(canonical, field, Set.of()));
        var message = new JsonObject();
        message.addProperty("role", role.equals("developer") ? "system" : role);
        switch (role) {
            case "assistant" -> {
                message.add("content", AssistantContent.of(canonical, content));
                addCalls(message, canonical.get("tool_calls"));
                if (canonical.has("prefix")) {
                    message.add("prefix", canonical.get("prefix"));
                }
            }
            case "tool" -> {
                message.add("content", content);
                message.addProperty("tool_call_id", ToolCallId.of(JsonTree.text(canonical.get("tool_call_id"))));
                if (canonical.has("name")) {
                    message.add("name", canonical.get("name"));
                }
            }
            default -> message.add("content", content);
        }
        return message;
    }

    private static void addCalls(JsonObject message, @Nullable JsonElement canonical) {
        if (!(canonical instanceof JsonArray calls) || calls.isEmpty()) {
            return;
        }
        var own = new JsonArray();
        for (var call : calls) {
            if (call instanceof JsonObject object) {
                var copy = new JsonObject();
                copy.addProperty("id", ToolCallId.of(JsonTree.text(object.get("id"))));
                copy.addProperty("type", "function");
                copy.add("function", object.get("function"));
                own.add(copy);
            }
        }
        message.add("tool_calls", own);
    }

    private static JsonElement content(JsonElement canonical) {
        if (!(canonical instanceof JsonArray parts)) {
            return canonical;
        }
        var own = new JsonArray();
        for (var part : parts) {
            own.add(part instanceof JsonObject object ? part(object) : part);
        }
        return own;
    }

    private static JsonObject part(JsonObject canonical) {
        var type = JsonTree.text(canonical.get("type"));
        var part = new JsonObject();
        if (type.equals("input_audio") && canonical.get("input_audio") instanceof JsonObject audio) {
            part.addProperty("type", type);
            part.add("input_audio", audio.get("data"));
        } else if (type.equals("file") && canonical.get("file") instanceof JsonObject file && file.has("file_data")) {
            part.addProperty("type", "document_url");
            part.add("document_url", file.get("file_data"));
            if (file.has("filename")) {
                part.add("document_name", file.get("filename"));
            }
        } else if (type.equals("refusal")) {
            part.addProperty("type", "text");
            part.add("text", canonical.get("refusal"));
        } else {
            // What is left out here is no content; a kind of part that Mistral does not know it refuses itself.
            canonical.entrySet().stream()
                    .filter(member -> !NOT_OF_A_PART.contains(member.getKey()))
                    .forEach(member -> part.add(member.getKey(), member.getValue()));
        }
        return part;
    }
}
