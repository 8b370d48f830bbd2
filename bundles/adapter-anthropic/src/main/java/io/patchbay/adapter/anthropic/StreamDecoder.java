package io.patchbay.adapter.anthropic;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.api.adapter.ChatDecoder;
import io.patchbay.api.adapter.Frame;
import io.patchbay.api.chat.ChatChunk;
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
 * Reads a streamed answer. It comes in blocks, which may interleave: of text, of thoughts, of tool calls. Nothing is
 * said downstream before a block says something, because until then another endpoint can still take over.
 */
final class StreamDecoder implements ChatDecoder {
    private final boolean showsThoughts;
    /** By Anthropic's index. */
    private final Map<Long, Block> blocks = new HashMap<>();

    private final TokenCounts counts = new TokenCounts();

    private int calls;
    private int thoughts;
    private long textLength;
    private String stopReason = "";
    private String refusal = "";
    private boolean begun;
    private boolean over;

    StreamDecoder(boolean showsThoughts) {
        this.showsThoughts = showsThoughts;
    }

    @Override
    public void decode(Frame frame, Consumer<? super ChatEvent> events) {
        if (over) {
            return;
        }
        try {
            var json = JsonView.parse(frame.data());
            read(json.string("type").orElse(frame.event()), json, events);
        } catch (MalformedJson e) {
            fail(AnthropicFailures.malformed("A piece of the provider's stream is not a JSON object."), events);
        }
    }

    @Override
    public void end(Consumer<? super ChatEvent> events) {
        if (!over) {
            cutOff(events);
        }
    }

    private void read(String type, JsonView json, Consumer<? super ChatEvent> events) {
        if (type.equals("error") || AnthropicFailures.isError(json)) {
            fail(AnthropicFailures.inside(json), events);
            return;
        }
        long index = json.integer("index").orElse(0);
        switch (type) {
            case "message_start" -> start(json, events);
            case "content_block_start" -> json.object("content_block").ifPresent(block -> open(index, block, events));
            case "content_block_delta" -> json.object("delta").ifPresent(delta -> go(index, delta, events));
            case "content_block_stop" -> close(index, events);
            case "message_delta" -> note(json);
            case "message_stop" -> finish(events);
            default -> {
                // A ping, or what Anthropic will have added: it asks to be ignored.
            }
        }
    }

    private void start(JsonView json, Consumer<? super ChatEvent> events) {
        if (begun) {
            // A proxy took another provider after half an answer: the two halves make no whole.
            cutOff(events);
            return;
        }
        blocks.clear();
        json.object("message").flatMap(message -> message.object("usage")).ifPresent(counts::read);
    }

    private void open(long index, JsonView json, Consumer<? super ChatEvent> events) {
        var type = json.string("type").orElse("");
        switch (type) {
            case "tool_use" -> {
                blocks.put(index, new Block(json, calls, textLength));
                var call = new JsonAppender(128).raw("[{\"index\":" + calls++ + ",\"id\":");
                call.string(json.string("id").orElse("")).raw(",\"type\":\"function\",\"function\":{\"name\":");
                call.string(json.string("name").orElse("")).raw(",\"arguments\":\"\"}}]");
                emit(chunk().raw("tool_calls", text(call)), events);
            }
            case "thinking", "redacted_thinking" -> {
                var block = new Block(json, thoughts++, textLength);
                blocks.put(index, block);
                think(block, json, "thinking", events);
                think(block, json, "signature", events);
                think(block, json, "data", events);
            }
            default -> {
                blocks.put(index, new Block(json, 0, textLength));
                if (type.equals("text")) {
                    say(json, events);
                }
            }
        }
    }

    private void go(long index, JsonView delta, Consumer<? super ChatEvent> events) {
        var block = blocks.get(index);
        if (block == null) {
            fail(AnthropicFailures.malformed("A block of the provider's stream has no beginning."), events);
            return;
        }
        switch (delta.string("type").orElse("")) {
            case "text_delta" -> say(delta, events);
            case "input_json_delta" -> argue(block, delta, events);
            case "thinking_delta" -> think(block, delta, "thinking", events);
            case "signature_delta" -> think(block, delta, "signature", events);
            case "citations_delta" -> delta.object("citation").ifPresent(block.citations::add);
            default -> {
                // What Anthropic will have added.
            }
        }
    }

    private void say(JsonView from, Consumer<? super ChatEvent> events) {
        var text = from.string("text").orElse("");
        if (!text.isEmpty()) {
            textLength += text.length();
            emit(chunk().copy("content", from, "text"), events);
        }
    }

    /** The pieces of the arguments of Anthropic's own tools are not the client's. */
    private void argue(Block block, JsonView delta, Consumer<? super ChatEvent> events) {
        if (block.isCall && !delta.string("partial_json").orElse("").isEmpty()) {
            block.hasArguments = true;
            var piece = new JsonAppender(128).value(delta, "partial_json");
            emitArguments(block, text(piece), events);
        }
    }

    private void emitArguments(Block block, String quoted, Consumer<? super ChatEvent> events) {
        emit(
                chunk().raw(
                                "tool_calls",
                                "[{\"index\":" + block.ordinal + ",\"function\":{\"arguments\":" + quoted + "}}]"),
                events);
    }

    /** A signature may stand alone: its thought may have been kept from us. */
    private void think(Block block, JsonView from, String member, Consumer<? super ChatEvent> events) {
        if (!showsThoughts || from.string(member).orElse("").isEmpty()) {
            return;
        }
        var chunk = chunk();
        switch (member) {
            case "thinking" ->
                chunk.copy("reasoning", from, member).detail("reasoning.text", "text", from, member, block.ordinal);
            case "signature" -> chunk.detail("reasoning.text", "signature", from, member, block.ordinal);
            default -> chunk.detail("reasoning.encrypted", "data", from, member, block.ordinal);
        }
        emit(chunk, events);
    }

    private void close(long index, Consumer<? super ChatEvent> events) {
        var block = blocks.get(index);
        if (block == null) {
            return;
        }
        if (block.isCall && !block.hasArguments) {
            emitArguments(block, JsonAppender.quote(block.input), events);
        }
        var annotations = new JsonArray();
        Citations.annotate(block.citations, block.start, textLength, annotations);
        if (!annotations.isEmpty()) {
            emit(chunk().raw("annotations", annotations.toString()), events);
        }
    }

    private void note(JsonView json) {
        json.object("usage").ifPresent(counts::read);
        var delta = json.object("delta");
        stopReason = delta.flatMap(said -> said.string("stop_reason")).orElse(stopReason);
        refusal = delta.flatMap(said -> said.object("stop_details"))
                .flatMap(details -> details.string("explanation"))
                .orElse(refusal);
    }

    private void finish(Consumer<? super ChatEvent> events) {
        if (stopReason.isEmpty()) {
            cutOff(events);
            return;
        }
        over = true;
        var chunk = chunk();
        if (!refusal.isEmpty()) {
            chunk.raw("refusal", JsonAppender.quote(refusal));
        }
        var usage = counts.toCanonical().map(JsonObject::toString).orElse("");
        events.accept(chunk.build(StopReasons.canonical(stopReason, calls > 0), stopReason, usage));
        events.accept(ChatEvent.End.INSTANCE);
    }

    private void cutOff(Consumer<? super ChatEvent> events) {
        fail(Failure.of(FailureKind.CUT_OFF, "The provider's stream ended before the answer was complete."), events);
    }

    /** What was used up counts, though the answer failed. */
    private void fail(Failure failure, Consumer<? super ChatEvent> events) {
        over = true;
        counts.toCanonical().ifPresent(usage -> {
            var chunk = new JsonObject();
            chunk.add("choices", new JsonArray());
            chunk.add("usage", usage);
            events.accept(ChatChunk.of(JsonView.of(chunk)));
        });
        events.accept(new ChatEvent.Failed(failure));
    }

    private Chunk chunk() {
        return Chunk.of(!begun);
    }

    private void emit(Chunk chunk, Consumer<? super ChatEvent> events) {
        begun = true;
        events.accept(chunk.build());
    }

    private static String text(JsonAppender json) {
        return new String(json.toBytes(), StandardCharsets.UTF_8);
    }
}
