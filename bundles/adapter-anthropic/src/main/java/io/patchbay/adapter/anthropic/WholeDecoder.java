package io.patchbay.adapter.anthropic;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.patchbay.api.adapter.ChatDecoder;
import io.patchbay.api.adapter.Frame;
import io.patchbay.api.chat.ChatCompletion;
import io.patchbay.api.chat.ChatEvent;
import io.patchbay.api.json.JsonKind;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.json.MalformedJson;
import java.util.function.Consumer;

/** Reads an answer that comes in one piece. */
final class WholeDecoder implements ChatDecoder {
    private final boolean showsThoughts;
    private boolean over;

    WholeDecoder(boolean showsThoughts) {
        this.showsThoughts = showsThoughts;
    }

    @Override
    public void decode(Frame frame, Consumer<? super ChatEvent> events) {
        if (!over) {
            over = true;
            events.accept(read(frame.data()));
        }
    }

    @Override
    public void end(Consumer<? super ChatEvent> events) {
        if (!over) {
            over = true;
            events.accept(malformed("The provider's answer is empty."));
        }
    }

    private ChatEvent read(byte[] body) {
        JsonView json;
        try {
            json = JsonView.parse(body);
        } catch (MalformedJson e) {
            return malformed("The provider's answer is not a JSON object.");
        }
        if (AnthropicFailures.isError(json)) {
            return new ChatEvent.Failed(AnthropicFailures.inside(json));
        }
        if (json.kind("content").filter(kind -> kind == JsonKind.ARRAY).isEmpty()) {
            return malformed("The provider's answer has no content.");
        }
        var message = message(json);
        var said = json.string("stop_reason").orElse("");
        var choice = new JsonObject();
        choice.addProperty("index", 0);
        choice.add("message", message);
        choice.addProperty("finish_reason", StopReasons.canonical(said, message.has("tool_calls")));
        choice.addProperty("native_finish_reason", said.isEmpty() ? "end_turn" : said);
        var choices = new JsonArray();
        choices.add(choice);
        var answer = new JsonObject();
        answer.add("choices", choices);
        var counts = new TokenCounts();
        json.object("usage").ifPresent(counts::read);
        counts.toCanonical().ifPresent(usage -> answer.add("usage", usage));
        return ChatCompletion.of(JsonView.of(answer));
    }

    private JsonObject message(JsonView json) {
        var text = new StringBuilder();
        var thoughts = new StringBuilder();
        var details = new JsonArray();
        var calls = new JsonArray();
        var annotations = new JsonArray();
        for (var block : json.objects("content")) {
            switch (block.string("type").orElse("")) {
                case "text" -> {
                    int start = text.length();
                    text.append(block.string("text").orElse(""));
                    Citations.annotate(block.objects("citations"), start, text.length(), annotations);
                }
                case "thinking" -> {
                    var thought = block.string("thinking").orElse("");
                    var signature = block.string("signature").orElse("");
                    thoughts.append(thought);
                    details.add(ReasoningDetails.text(thought, signature, details.size()));
                }
                case "redacted_thinking" ->
                    details.add(ReasoningDetails.encrypted(block.string("data").orElse(""), details.size()));
                case "tool_use" -> calls.add(call(block, calls.size()));
                default -> {
                    // What Anthropic's own tools did: not for the text.
                }
            }
        }
        var message = new JsonObject();
        message.addProperty("role", "assistant");
        if (text.isEmpty() && !calls.isEmpty()) {
            message.add("content", JsonNull.INSTANCE);
        } else {
            message.addProperty("content", text.toString());
        }
        json.object("stop_details")
                .flatMap(why -> why.string("explanation"))
                .ifPresent(why -> message.addProperty("refusal", why));
        if (showsThoughts && !thoughts.isEmpty()) {
            message.addProperty("reasoning", thoughts.toString());
        }
        if (showsThoughts) {
            addUnlessEmpty("reasoning_details", details, message);
        }
        addUnlessEmpty("tool_calls", calls, message);
        addUnlessEmpty("annotations", annotations, message);
        return message;
    }

    private static JsonObject call(JsonView block, int index) {
        var function = new JsonObject();
        function.addProperty("name", block.string("name").orElse(""));
        function.addProperty(
                "arguments", block.object("input").map(JsonView::toString).orElse("{}"));
        var call = new JsonObject();
        call.addProperty("index", index);
        call.addProperty("id", block.string("id").orElse(""));
        call.addProperty("type", "function");
        call.add("function", function);
        return call;
    }

    private static void addUnlessEmpty(String name, JsonArray array, JsonObject to) {
        if (!array.isEmpty()) {
            to.add(name, array);
        }
    }

    private static ChatEvent malformed(String message) {
        return new ChatEvent.Failed(AnthropicFailures.malformed(message));
    }
}
