package io.patchbay.adapter.cohere;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import io.patchbay.api.adapter.ChatDecoder;
import io.patchbay.api.adapter.Frame;
import io.patchbay.api.chat.ChatChunk;
import io.patchbay.api.chat.ChatEvent;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.json.JsonTree;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.json.MalformedJson;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Reads a streamed answer: events that say by their {@code type} what they bring. */
final class StreamDecoder implements ChatDecoder {
    private final boolean showsThoughts;
    /** By Cohere's index of the call. */
    private final Map<Long, ToolCallStream> calls = new LinkedHashMap<>();
    /** Where each part of the content begins in the whole text. */
    private final Map<Long, Long> offsets = new LinkedHashMap<>();
    /** The thinking parts of the content, and their places among the thoughts. */
    private final Map<Long, Integer> thoughts = new LinkedHashMap<>();

    private long textLength;
    private boolean begun;
    private boolean complete;
    private boolean over;

    StreamDecoder(boolean showsThoughts) {
        this.showsThoughts = showsThoughts;
    }

    @Override
    public void decode(Frame frame, Consumer<? super ChatEvent> events) {
        if (over) {
            return;
        }
        if (new String(frame.data(), StandardCharsets.UTF_8).strip().equals("[DONE]")) {
            end(events);
            return;
        }
        if (complete) {
            return;
        }
        try {
            read(JsonView.parse(frame.data()).toTree(), events);
        } catch (MalformedJson | JsonParseException e) {
            fail(CohereFailures.malformed("A piece of the provider's stream is not a JSON object."), events);
        }
    }

    @Override
    public void end(Consumer<? super ChatEvent> events) {
        if (over) {
            return;
        }
        if (complete) {
            over = true;
            events.accept(ChatEvent.End.INSTANCE);
        } else {
            fail(
                    Failure.of(FailureKind.CUT_OFF, "The provider's stream ended before the answer was complete."),
                    events);
        }
    }

    private void read(JsonObject event, Consumer<? super ChatEvent> events) {
        var type = JsonTree.text(event.get("type"));
        long index = Json.integer(event.get("index"));
        var delta = JsonTree.object(event.get("delta"));
        var message = JsonTree.object(delta.get("message"));
        switch (type) {
            // Says nothing yet: while nothing was said, another endpoint can still take over.
            case "message-start" -> {}
            case "content-start", "content-delta" ->
                content(event, index, JsonTree.object(message.get("content")), events);
            case "tool-plan-delta" ->
                think(JsonTree.text(message.get("tool_plan")), Thinking.PLAN, thoughts.size(), events);
            case "tool-call-start" -> startCall(index, JsonTree.object(message.get("tool_calls")), events);
            case "tool-call-delta" -> continueCall(index, JsonTree.object(message.get("tool_calls")), events);
            case "tool-call-end" -> endCall(index, events);
            case "citation-start" -> cite(JsonTree.object(message.get("citations")), events);
            case "message-end" -> finish(delta, events);
            default -> {
                // A new kind of event does no harm; an error has no type, or this one.
                if (type.isEmpty() || type.equals("error")) {
                    fail(CohereFailures.inside("", event), events);
                }
            }
        }
    }

    private void begin(Consumer<? super ChatEvent> events) {
        if (!begun) {
            begun = true;
            var delta = new JsonObject();
            delta.addProperty("role", "assistant");
            delta.addProperty("content", "");
            emit(choice(delta), events);
        }
    }

    private void content(JsonObject event, long index, JsonObject content, Consumer<? super ChatEvent> events) {
        offsets.putIfAbsent(index, textLength);
        if (content.has("thinking")) {
            int place = thoughts.computeIfAbsent(index, first -> thoughts.size());
            think(JsonTree.text(content.get("thinking")), Thinking.THINKING, place, events);
        }
        var text = JsonTree.text(content.get("text"));
        if (!text.isEmpty()) {
            textLength += Citations.length(text);
            var delta = new JsonObject();
            delta.addProperty("content", text);
            var choice = choice(delta);
            if (event.get("logprobs") instanceof JsonObject piece) {
                var pieces = new JsonArray();
                pieces.add(piece);
                choice.add("logprobs", Answers.logProbabilities(pieces));
            }
            begin(events);
            emit(choice, events);
        }
    }

    private void think(String text, String format, int place, Consumer<? super ChatEvent> events) {
        if (showsThoughts && !text.isEmpty()) {
            var delta = new JsonObject();
            Thinking.show(text, format, place, delta);
            begin(events);
            emit(choice(delta), events);
        }
    }

    private void startCall(long index, JsonObject call, Consumer<? super ChatEvent> events) {
        if (calls.containsKey(index)) {
            fail(CohereFailures.malformed("A tool call of the provider's stream begins twice."), events);
            return;
        }
        var started = new ToolCallStream(calls.size());
        calls.put(index, started);
        begin(events);
        emitCall(WholeDecoder.call(started.index(), call, ""), events);
        continueCall(index, call, events);
    }

    private void continueCall(long index, JsonObject call, Consumer<? super ChatEvent> events) {
        var started = calls.get(index);
        if (started == null) {
            fail(CohereFailures.malformed("A tool call of the provider's stream has no beginning."), events);
            return;
        }
        var arguments = JsonTree.object(call.get("function")).get("arguments");
        emitArguments(started, started.more(ToolCallStream.arguments(arguments)), events);
    }

    private void endCall(long index, Consumer<? super ChatEvent> events) {
        var started = calls.get(index);
        if (started != null) {
            emitArguments(started, started.close(), events);
        }
    }

    private static void emitArguments(ToolCallStream call, String fragment, Consumer<? super ChatEvent> events) {
        if (!fragment.isEmpty()) {
            var function = new JsonObject();
            function.addProperty("arguments", fragment);
            var delta = new JsonObject();
            delta.addProperty("index", call.index());
            delta.add("function", function);
            emitCall(delta, events);
        }
    }

    private static void emitCall(JsonObject call, Consumer<? super ChatEvent> events) {
        var list = new JsonArray();
        list.add(call);
        var delta = new JsonObject();
        delta.add("tool_calls", list);
        emit(choice(delta), events);
    }

    private void cite(JsonObject citation, Consumer<? super ChatEvent> events) {
        if (Citations.isOfText(citation)) {
            var delta = new JsonObject();
            long offset = offsets.getOrDefault(Json.integer(citation.get("content_index")), 0L);
            Citations.add(citation, offset, delta);
            begin(events);
            emit(choice(delta), events);
        }
    }

    private void finish(JsonObject delta, Consumer<? super ChatEvent> events) {
        var reason = JsonTree.text(delta.get("finish_reason"));
        var usage = Answers.usage(delta.get("usage"));
        var chunk = new JsonObject();
        var choices = new JsonArray();
        chunk.add("choices", choices);
        usage.ifPresent(counts -> chunk.add("usage", counts));
        if (Answers.isFailure(reason)) {
            // What was used up counts, though the answer failed.
            usage.ifPresent(counts -> events.accept(ChatChunk.of(JsonView.of(chunk))));
            fail(CohereFailures.inside(reason, delta), events);
            return;
        }
        begin(events);
        calls.values().forEach(call -> emitArguments(call, call.close(), events));
        var choice = choice(new JsonObject());
        choice.addProperty("finish_reason", Answers.finishReason(reason, !calls.isEmpty()));
        choice.addProperty("native_finish_reason", reason.isEmpty() ? "stop" : reason);
        choices.add(choice);
        complete = true;
        events.accept(ChatChunk.of(JsonView.of(chunk)));
    }

    private void fail(Failure failure, Consumer<? super ChatEvent> events) {
        over = true;
        events.accept(new ChatEvent.Failed(failure));
    }

    private static JsonObject choice(JsonObject delta) {
        var choice = new JsonObject();
        choice.addProperty("index", 0);
        choice.add("delta", delta);
        choice.add("finish_reason", JsonNull.INSTANCE);
        return choice;
    }

    private static void emit(JsonObject choice, Consumer<? super ChatEvent> events) {
        var choices = new JsonArray();
        choices.add(choice);
        var chunk = new JsonObject();
        chunk.add("choices", choices);
        events.accept(ChatChunk.of(JsonView.of(chunk)));
    }
}
