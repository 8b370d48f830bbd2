package io.patchbay.adapter.bedrock;

import com.google.gson.JsonArray;
import io.patchbay.api.adapter.ChatDecoder;
import io.patchbay.api.adapter.Frame;
import io.patchbay.api.chat.ChatEvent;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.json.JsonAppender;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.json.MalformedJson;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Reads a streamed answer. It comes in blocks: of text, of thoughts, of tool calls. Nothing is said downstream before a
 * block says something, because until then another endpoint can still take over. The message's stop completes the
 * answer; the token counts follow it, and sometimes don't.
 */
final class StreamDecoder implements ChatDecoder {
    private static final String EXCEPTION = "exception/";

    private final AnswerForm form;
    /** By Bedrock's index. */
    private final Map<Long, Block> blocks = new HashMap<>();

    private int calls;
    private int thoughts;
    private long textLength;
    private String stopReason = "";
    private boolean begun;
    private boolean over;

    StreamDecoder(AnswerForm form) {
        this.form = form;
    }

    @Override
    public void decode(Frame frame, Consumer<? super ChatEvent> events) {
        if (over) {
            return;
        }
        if (frame.event().startsWith(EXCEPTION)) {
            breakOff(frame, events);
            return;
        }
        try {
            read(frame.event(), JsonView.parse(frame.data()), events);
        } catch (MalformedJson e) {
            fail(BedrockFailures.malformed("A piece of the provider's stream is not a JSON object."), events);
        }
    }

    @Override
    public void end(Consumer<? super ChatEvent> events) {
        if (over) {
            return;
        }
        if (stopReason.isEmpty()) {
            fail(
                    Failure.of(FailureKind.CUT_OFF, "The provider's stream ended before the answer was complete."),
                    events);
        } else {
            complete(events);
        }
    }

    private void read(String event, JsonView json, Consumer<? super ChatEvent> events) {
        long index = json.integer("contentBlockIndex").orElse(0);
        switch (event) {
            case "contentBlockStart" -> json.object("start").ifPresent(start -> open(index, start, events));
            case "contentBlockDelta" -> json.object("delta").ifPresent(delta -> go(index, delta, events));
            case "contentBlockStop" -> close(index, events);
            case "messageStop" -> stop(json, events);
            case "metadata" -> count(json, events);
            default -> {
                // The message's start, which says nothing, or what Bedrock will have added.
            }
        }
    }

    private void open(long index, JsonView start, Consumer<? super ChatEvent> events) {
        var use = start.object("toolUse");
        if (use.isEmpty()) {
            var kind = start.has("toolResult") ? Block.Kind.HIDDEN : Block.Kind.SPEECH;
            blocks.put(index, new Block(kind, 0, textLength));
            return;
        }
        var kind = form.kindOf(use.get());
        blocks.put(index, new Block(kind, calls, textLength));
        if (kind == Block.Kind.CALL) {
            var id = use.get().string("toolUseId").orElse("");
            var name = use.get().string("name").orElse("");
            emit(chunk().call(calls++, id, name), events);
        }
    }

    private void go(long index, JsonView delta, Consumer<? super ChatEvent> events) {
        // Texts and thoughts have no beginning of their own.
        var block = blocks.computeIfAbsent(index, i -> new Block(Block.Kind.SPEECH, 0, textLength));
        if (block.kind == Block.Kind.HIDDEN) {
            return;
        }
        say(delta, "text", events);
        delta.object("reasoningContent").ifPresent(thought -> think(block, thought, events));
        delta.object("citation").ifPresent(block.citations::add);
        var input = delta.object("toolUse");
        if (input.isPresent() && !input.get().string("input").orElse("").isEmpty()) {
            block.hasInput = true;
            argue(block, input.get(), events);
        }
    }

    private void say(JsonView from, String member, Consumer<? super ChatEvent> events) {
        if (from.has(member)) {
            var text = from.string(member).orElse("");
            textLength += text.length();
            if (!text.isEmpty()) {
                emit(chunk().copy("content", from, member), events);
            }
        }
    }

    private void argue(Block block, JsonView toolUse, Consumer<? super ChatEvent> events) {
        if (block.kind == Block.Kind.ANSWER) {
            say(toolUse, "input", events);
        } else if (block.kind == Block.Kind.CALL) {
            var quoted = new JsonAppender(128).value(toolUse, "input").toBytes();
            emit(chunk().arguments(block.call, new String(quoted, StandardCharsets.UTF_8)), events);
        }
    }

    /** A signature may stand alone: its thought may have been kept from us. */
    private void think(Block block, JsonView thought, Consumer<? super ChatEvent> events) {
        if (!form.showsThoughts()) {
            return;
        }
        if (block.thought < 0) {
            block.thought = thoughts++;
        }
        if (saysSomething(thought, "text")) {
            var chunk = chunk().copy("reasoning", thought, "text");
            emit(chunk.detail("text", thought, "text", form.reasoningFormat(), block.thought), events);
        }
        if (saysSomething(thought, "signature")) {
            emit(chunk().detail("signature", thought, "signature", form.reasoningFormat(), block.thought), events);
        }
        if (saysSomething(thought, "redactedContent")) {
            emit(chunk().detail("data", thought, "redactedContent", form.reasoningFormat(), block.thought), events);
        }
    }

    private static boolean saysSomething(JsonView thought, String member) {
        return !thought.string(member).orElse("").isEmpty();
    }

    private void close(long index, Consumer<? super ChatEvent> events) {
        var block = blocks.get(index);
        if (block == null) {
            return;
        }
        if (block.kind == Block.Kind.CALL && !block.hasInput) {
            emit(chunk().arguments(block.call, "\"{}\""), events);
        } else if (block.kind == Block.Kind.ANSWER && !block.hasInput) {
            emit(chunk().raw("content", "\"{}\""), events);
        }
        var annotations = new JsonArray();
        Citations.annotate(block.citations, block.start, textLength, annotations);
        if (!annotations.isEmpty()) {
            emit(chunk().raw("annotations", annotations.toString()), events);
        }
    }

    private void stop(JsonView json, Consumer<? super ChatEvent> events) {
        stopReason = json.string("stopReason").orElse("");
        if (stopReason.isEmpty()) {
            fail(BedrockFailures.malformed("The provider does not say why the answer ended."), events);
        } else if (!StopReasons.isFailure(stopReason)) {
            events.accept(chunk().build(StopReasons.canonical(stopReason, calls > 0), stopReason));
            begun = true;
        }
    }

    private void count(JsonView json, Consumer<? super ChatEvent> events) {
        json.object("usage").map(Chunk::usage).ifPresent(events);
        if (!stopReason.isEmpty()) {
            complete(events);
        }
    }

    /** What is not said after the message's stop is only how much it took. */
    private void breakOff(Frame frame, Consumer<? super ChatEvent> events) {
        if (stopReason.isEmpty()) {
            fail(BedrockFailures.inside(frame.event().substring(EXCEPTION.length()), frame.data()), events);
        } else {
            complete(events);
        }
    }

    private void complete(Consumer<? super ChatEvent> events) {
        if (StopReasons.isFailure(stopReason)) {
            fail(BedrockFailures.malformedOutput(stopReason), events);
        } else {
            over = true;
            events.accept(ChatEvent.End.INSTANCE);
        }
    }

    private void fail(Failure failure, Consumer<? super ChatEvent> events) {
        over = true;
        events.accept(new ChatEvent.Failed(failure));
    }

    private Chunk chunk() {
        return Chunk.of(!begun);
    }

    private void emit(Chunk chunk, Consumer<? super ChatEvent> events) {
        begun = true;
        events.accept(chunk.build());
    }
}
