package io.patchbay.adapter.openai;

import io.patchbay.api.chat.ChatChunk;
import io.patchbay.api.json.JsonAppender;
import io.patchbay.api.json.JsonKind;
import io.patchbay.api.json.JsonRewrite;
import io.patchbay.api.json.JsonView;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One choice of a streamed answer, from its first delta to its end. Mends what its provider got wrong. */
final class ChoiceState {
    /** In the place of a choice of which nothing is left to say. */
    static final JsonView NOTHING = JsonView.parse("{}");

    private static final JsonView NO_DELTA = JsonView.parse("{}");

    private final ToolCalls toolCalls = new ToolCalls();
    private final CallArguments arguments = new CallArguments();
    private final @Nullable ThinkTags thinkTags;
    private boolean started;
    private boolean calledTools;
    private boolean ended;
    private boolean endedWithoutWord;

    /**
     * Begins a choice.
     *
     * @param hasThinkTags whether the text may begin with thoughts between tags
     */
    ChoiceState(boolean hasThinkTags) {
        thinkTags = hasThinkTags ? new ThinkTags() : null;
    }

    /** Whether it came to its end, or never began. */
    boolean isComplete() {
        return ended || !started;
    }

    /**
     * Reads the next piece.
     *
     * @param chunk which it is part of
     * @return that same object if nothing has to change, {@link #NOTHING} if nothing is left of it
     */
    JsonView read(JsonView chunk, JsonView choice, int index) {
        started = true;
        var said = FinishReasons.nativeOne(choice);
        var delta = choice.object("delta");
        boolean last = said.filter(word -> !word.isEmpty()).isPresent();
        var mended = mendDelta(chunk, choice, delta, last);
        boolean asItIs = said.isEmpty() && mended == null && choice.has("index") && !choice.has("message");
        if (asItIs) {
            return choice;
        }
        if (ended
                && said.isPresent()
                && delta.filter(ChoiceState::saysSomething).isEmpty()) {
            return NOTHING;
        }
        var rewrite = choice.rewrite().remove("message");
        if (!choice.has("index")) {
            rewrite.set("index", index);
        }
        var whole = last ? completed(mended != null ? mended : delta.orElse(NO_DELTA), mended) : mended;
        if (whole != null) {
            rewrite.raw("delta", whole.toString());
        }
        said.ifPresent(word -> end(word, choice, rewrite));
        return rewrite.toView();
    }

    /**
     * The last chunk for a provider whose only word about the end of this choice was an empty one, or none.
     *
     * @param isDone whether it has said that the whole answer is
     */
    Optional<ChatChunk> belatedEnd(int index, boolean isDone) {
        if (ended || !started || !endedWithoutWord && !isDone) {
            return Optional.empty();
        }
        var delta = arguments.complete(NO_DELTA).orElse(NO_DELTA);
        ended = true;
        var reason = FinishReasons.canonical("", calledTools);
        return Optional.of(ChatChunk.of(JsonView.parse(new JsonAppender(128)
                .raw("{\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":" + index)
                .raw(",\"delta\":" + delta + ",\"finish_reason\":")
                .string(reason)
                .raw(",\"native_finish_reason\":")
                .string(reason)
                .raw("}]}")
                .toBytes())));
    }

    private void end(String word, JsonView choice, JsonRewrite rewrite) {
        if (ended || word.isEmpty()) {
            // Some providers write an empty text into every piece: whether it was the end is known at the end.
            endedWithoutWord = true;
            rewrite.raw("finish_reason", "null");
            return;
        }
        ended = true;
        rewrite.set("finish_reason", FinishReasons.canonical(word, calledTools));
        if (choice.string("native_finish_reason").isEmpty()) {
            rewrite.set("native_finish_reason", word);
        }
    }

    /** The delta as it should have been; {@code null} if it is as it should be. */
    private @Nullable JsonView mendDelta(JsonView chunk, JsonView choice, Optional<JsonView> delta, boolean last) {
        if (delta.isEmpty()) {
            // A whole answer in the place of a stream has a message instead; some pieces have neither.
            var message = choice.object("message").orElse(NO_DELTA);
            var whole = mendCalls(chunk, message).orElse(message);
            return thinkTags == null ? whole : thinkTags.read(whole, last);
        }
        var shown = Reasoning.show(mendCalls(chunk, delta.get()).orElse(delta.get()));
        var mended = thinkTags == null ? shown : thinkTags.read(shown, last);
        return mended == delta.get() ? null : mended;
    }

    private Optional<JsonView> mendCalls(JsonView chunk, JsonView delta) {
        if (delta.length("tool_calls") <= 2) {
            return Optional.empty();
        }
        var calls = delta.objects("tool_calls");
        calledTools |= !calls.isEmpty();
        var numbered = toolCalls
                .mend(chunk, calls)
                .map(mended -> delta.rewrite().raw("tool_calls", mended).toView())
                .orElse(delta);
        var mended = arguments.read(numbered);
        return mended == delta ? Optional.empty() : Optional.of(mended);
    }

    /** The delta that ends the choice, with what its calls still lack. */
    private @Nullable JsonView completed(JsonView delta, @Nullable JsonView mended) {
        return calledTools && !ended ? arguments.complete(delta).orElse(mended) : mended;
    }

    private static boolean saysSomething(JsonView delta) {
        return delta.length("tool_calls") > 2
                || delta.kind("content").filter(kind -> kind != JsonKind.NULL).isPresent()
                        && delta.length("content") > 2
                || delta.length("refusal") > 4;
    }
}
