package io.patchbay.dialect.anthropic;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.patchbay.api.json.JsonTree;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.json.MalformedJson;

/** The blocks of a whole answer: thoughts, text, calls of tools. */
final class WholeContent {
    private WholeContent() {}

    static JsonArray of(JsonView message) {
        var content = new JsonArray();
        addThoughts(message, content);
        var text = text(message);
        if (!text.isEmpty()) {
            content.add(text(text));
        }
        for (var call : message.objects("tool_calls")) {
            content.add(toolUse(call, input(call)));
        }
        return content;
    }

    private static void addThoughts(JsonView message, JsonArray content) {
        for (var detail : message.objects("reasoning_details")) {
            switch (detail.string("type").orElse("")) {
                case "reasoning.encrypted" -> {
                    var block = typed("redacted_thinking");
                    block.addProperty("data", Thoughts.kept(detail, "data"));
                    content.add(block);
                }
                case "reasoning.summary" ->
                    content.add(thinking(detail.string("summary").orElse(""), ""));
                default -> content.add(thinking(detail.string("text").orElse(""), Thoughts.kept(detail, "signature")));
            }
        }
        var reasoning = message.string("reasoning").orElse("");
        if (content.isEmpty() && !reasoning.isEmpty()) {
            content.add(thinking(reasoning, ""));
        }
    }

    private static JsonObject thinking(String text, String signature) {
        var block = typed("thinking");
        block.addProperty("thinking", text);
        block.addProperty("signature", signature);
        return block;
    }

    /** What is said, and what is said instead of it. */
    private static String text(JsonView message) {
        var said = new StringBuilder(message.string("content").orElse(""));
        message.objects("content")
                .forEach(part -> said.append(part.string("text").orElse("")));
        return said.isEmpty() ? message.string("refusal").orElse("") : said.toString();
    }

    static JsonObject text(String text) {
        var block = typed("text");
        block.addProperty("text", text);
        // As Anthropic has it: there are none unless it has searched.
        block.add("citations", JsonNull.INSTANCE);
        return block;
    }

    static JsonObject toolUse(JsonView call, JsonObject input) {
        var block = typed("tool_use");
        block.addProperty("id", call.string("id").orElse(""));
        block.addProperty(
                "name",
                call.object("function").flatMap(called -> called.string("name")).orElse(""));
        block.add("input", input);
        // By the model itself, not by code that it has run.
        block.add("caller", typed("direct"));
        return block;
    }

    /** Anthropic's clients expect an object. What a model wrote may be anything. */
    private static JsonObject input(JsonView call) {
        var arguments = call.object("function")
                .flatMap(called -> called.string("arguments"))
                .orElse("");
        if (arguments.isBlank()) {
            return new JsonObject();
        }
        try {
            return JsonTree.object(JsonView.parse(arguments).toTree());
        } catch (MalformedJson broken) {
            var wrapped = new JsonObject();
            wrapped.addProperty("arguments", arguments);
            return wrapped;
        }
    }

    private static JsonObject typed(String type) {
        var block = new JsonObject();
        block.addProperty("type", type);
        return block;
    }
}
