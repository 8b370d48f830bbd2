package io.patchbay.adapter.openai;

import io.patchbay.api.adapter.ChatDecoder;
import io.patchbay.api.adapter.Frame;
import io.patchbay.api.chat.ChatCompletion;
import io.patchbay.api.chat.ChatEvent;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.json.JsonAppender;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.json.MalformedJson;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Reads an answer that comes in one piece. */
final class WholeDecoder implements ChatDecoder {
    private static final Set<String> CHOICES = Set.of("choices");

    private final boolean hasThinkTags;
    private boolean over;

    /**
     * Awaits an answer.
     *
     * @param hasThinkTags whether texts may begin with thoughts between tags
     */
    WholeDecoder(boolean hasThinkTags) {
        this.hasThinkTags = hasThinkTags;
    }

    @Override
    public void decode(Frame frame, Consumer<? super ChatEvent> events) {
        if (over) {
            return;
        }
        over = true;
        events.accept(read(frame.data()));
    }

    @Override
    public void end(Consumer<? super ChatEvent> events) {
        if (over) {
            return;
        }
        over = true;
        events.accept(malformed("The provider's answer is empty."));
    }

    private ChatEvent read(byte[] body) {
        JsonView json;
        try {
            json = JsonView.parse(body);
        } catch (MalformedJson e) {
            return malformed("The provider's answer is not a JSON object.");
        }
        if (ErrorBody.isError(json)) {
            return new ChatEvent.Failed(OpenAiFailures.inside(json));
        }
        var choices = json.objects("choices");
        if (choices.isEmpty()) {
            return malformed("The provider's answer has no choices.");
        }
        return read(TokenCounts.mend(json), choices);
    }

    private ChatEvent read(JsonView json, List<JsonView> choices) {
        var answer = new JsonAppender(json.length() + 64 * choices.size()).raw("{\"choices\":[");
        boolean first = true;
        for (var choice : choices) {
            var message = choice.object("message");
            if (ErrorBody.isErrorChoice(choice)) {
                return new ChatEvent.Failed(OpenAiFailures.inside(choice));
            }
            if (message.isEmpty()) {
                return malformed("A choice of the provider's answer has no message.");
            }
            var said = FinishReasons.nativeOne(choice).orElse("");
            var reason = FinishReasons.canonical(
                    said, !message.get().objects("tool_calls").isEmpty());
            var canonical = choice.rewrite().set("finish_reason", reason);
            if (choice.string("native_finish_reason").isEmpty()) {
                canonical.set("native_finish_reason", said.isEmpty() ? reason : said);
            }
            var mended = mended(json, CallArguments.mend(message.get()));
            if (mended != message.get()) {
                canonical.raw("message", mended.toString());
            }
            answer.raw(first ? "" : ",").raw(canonical.toBytes());
            first = false;
        }
        answer.raw("]").membersExcept(json, CHOICES).raw("}");
        return ChatCompletion.of(JsonView.parse(answer.toBytes()));
    }

    private JsonView mended(JsonView json, JsonView message) {
        // Cerebras leaves the text out beside calls; the format has it always.
        var whole = message.has("content")
                ? message
                : message.rewrite().raw("content", "null").toView();
        var plain = Reasoning.show(whole);
        var shown = hasThinkTags ? new ThinkTags().read(plain, true) : plain;
        if (message.length("tool_calls") <= 2) {
            return shown;
        }
        return ToolCalls.mendWhole(json, message.objects("tool_calls"))
                .map(calls -> shown.rewrite().raw("tool_calls", calls).toView())
                .orElse(shown);
    }

    private static ChatEvent malformed(String message) {
        return new ChatEvent.Failed(Failure.of(FailureKind.MALFORMED_ANSWER, message));
    }
}
