package io.patchbay.adapter.openai;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.json.JsonRewrite;
import io.patchbay.api.json.JsonTree;
import io.patchbay.api.json.JsonView;

/**
 * What tools have returned beside text. Anthropic's clients send pictures that way; OpenAI takes text alone from a tool, so
 * the rest follows as the user's.
 */
final class ToolResults {
    private static final String TOOL = "tool";
    private static final String ELSEWHERE = "See the next message.";

    private ToolResults() {}

    static void apply(ChatRequest request, JsonRewrite body) {
        if (request.messages().stream().noneMatch(ToolResults::holdsMore)) {
            return;
        }
        var messages = new JsonArray();
        var shown = new JsonArray();
        for (var message : request.messages()) {
            var tree = message.toTree();
            if (!isOfTool(message)) {
                show(shown, messages);
            } else if (holdsMore(message)) {
                tree.add("content", texts(JsonTree.array(tree.get("content")), shown));
            }
            messages.add(tree);
        }
        show(shown, messages);
        body.raw("messages", messages.toString());
    }

    private static boolean isOfTool(JsonView message) {
        return message.string("role").filter(TOOL::equals).isPresent();
    }

    private static boolean holdsMore(JsonView message) {
        return isOfTool(message)
                && message.objects("content").stream()
                        .anyMatch(part ->
                                part.string("type").filter("text"::equals).isEmpty());
    }

    /** @param shown gets what is no text */
    private static JsonArray texts(JsonArray parts, JsonArray shown) {
        var texts = new JsonArray();
        for (var part : parts) {
            boolean isText = JsonTree.text(JsonTree.object(part).get("type")).equals("text");
            (isText ? texts : shown).add(part);
        }
        if (texts.isEmpty()) {
            var text = new JsonObject();
            text.addProperty("type", "text");
            text.addProperty("text", ELSEWHERE);
            texts.add(text);
        }
        return texts;
    }

    private static void show(JsonArray shown, JsonArray messages) {
        if (shown.isEmpty()) {
            return;
        }
        var message = new JsonObject();
        message.addProperty("role", "user");
        message.add("content", shown.deepCopy());
        messages.add(message);
        shown.asList().clear();
    }
}
