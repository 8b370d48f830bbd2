package io.patchbay.adapter.bedrock;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.patchbay.api.adapter.ChatDecoder;
import io.patchbay.api.adapter.Frame;
import io.patchbay.api.chat.ChatCompletion;
import io.patchbay.api.chat.ChatEvent;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.json.JsonKind;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.json.MalformedJson;
import java.util.function.Consumer;

/** Reads an answer that comes in one piece. */
final class WholeDecoder implements ChatDecoder {
    private final AnswerForm form;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder thoughts = new StringBuilder();
    private final JsonArray details = new JsonArray();
    private final JsonArray calls = new JsonArray();
    private final JsonArray annotations = new JsonArray();
    private boolean over;

    WholeDecoder(AnswerForm form) {
        this.form = form;
    }

    @Override
    public void decode(Frame frame, Consumer<? super ChatEvent> events) {
        if (!over) {
            over = true;
            events.accept(answer(frame.data()));
        }
    }

    @Override
    public void end(Consumer<? super ChatEvent> events) {
        if (!over) {
            over = true;
            events.accept(failed(BedrockFailures.malformed("The provider's answer is empty.")));
        }
    }

    private ChatEvent answer(byte[] body) {
        try {
            return answer(JsonView.parse(body));
        } catch (MalformedJson e) {
            return failed(BedrockFailures.malformed("The provider's answer is not a JSON object."));
        }
    }

    private ChatEvent answer(JsonView json) {
        var said = json.object("output").flatMap(output -> output.object("message"));
        var reason = json.string("stopReason").orElse("");
        if (said.isEmpty()
                || reason.isEmpty()
                || said.get().kind("content").filter(JsonKind.ARRAY::equals).isEmpty()) {
            return failed(BedrockFailures.malformed("The provider's answer has no message, or no end."));
        }
        if (StopReasons.isFailure(reason)) {
            return failed(BedrockFailures.malformedOutput(reason));
        }
        said.get().objects("content").forEach(this::read);
        var choice = new JsonObject();
        choice.addProperty("index", 0);
        choice.add("message", message());
        choice.addProperty("finish_reason", StopReasons.canonical(reason, !calls.isEmpty()));
        choice.addProperty("native_finish_reason", reason);
        var choices = new JsonArray();
        choices.add(choice);
        var answer = new JsonObject();
        answer.add("choices", choices);
        json.object("usage").ifPresent(usage -> answer.add("usage", TokenCounts.canonical(usage)));
        return ChatCompletion.of(JsonView.of(answer));
    }

    private void read(JsonView block) {
        if (block.has("text")) {
            text.append(block.string("text").orElse(""));
        }
        block.object("toolUse").ifPresent(this::call);
        block.object("reasoningContent").ifPresent(this::think);
        block.object("citationsContent").ifPresent(this::cite);
    }

    private void call(JsonView use) {
        var input = use.object("input").map(JsonView::toString).orElse("{}");
        switch (form.kindOf(use)) {
            case ANSWER -> text.append(input);
            case CALL -> {
                var function = Json.of("name", use.string("name").orElse(""));
                function.addProperty("arguments", input);
                var call = new JsonObject();
                call.addProperty("index", calls.size());
                call.addProperty("id", use.string("toolUseId").orElse(""));
                call.addProperty("type", "function");
                call.add("function", function);
                calls.add(call);
            }
            case SPEECH, HIDDEN -> {
                // What Bedrock's own tools did: not the client's.
            }
        }
    }

    private void think(JsonView thought) {
        var data = thought.string("redactedContent").orElse("");
        if (!data.isEmpty()) {
            details.add(ReasoningDetails.encrypted(data, form.reasoningFormat(), details.size()));
        }
        thought.object("reasoningText").ifPresent(readable -> {
            var words = readable.string("text").orElse("");
            thoughts.append(words);
            details.add(ReasoningDetails.text(
                    words, readable.string("signature").orElse(""), form.reasoningFormat(), details.size()));
        });
    }

    /** The text that is cited for is within. Where there is none, it is the text so far. */
    private void cite(JsonView cited) {
        int start = text.length();
        cited.objects("content")
                .forEach(piece -> text.append(piece.string("text").orElse("")));
        Citations.annotate(cited.objects("citations"), start == text.length() ? 0 : start, text.length(), annotations);
    }

    private JsonObject message() {
        var message = Json.of("role", "assistant");
        if (text.isEmpty() && !calls.isEmpty()) {
            message.add("content", JsonNull.INSTANCE);
        } else {
            message.addProperty("content", text.toString());
        }
        if (form.showsThoughts()) {
            if (!thoughts.isEmpty()) {
                message.addProperty("reasoning", thoughts.toString());
            }
            Json.addUnlessEmpty("reasoning_details", details, message);
        }
        Json.addUnlessEmpty("tool_calls", calls, message);
        Json.addUnlessEmpty("annotations", annotations, message);
        return message;
    }

    private static ChatEvent failed(Failure failure) {
        return new ChatEvent.Failed(failure);
    }
}
