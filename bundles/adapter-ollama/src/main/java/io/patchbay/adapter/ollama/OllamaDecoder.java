package io.patchbay.adapter.ollama;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.patchbay.api.adapter.ChatDecoder;
import io.patchbay.api.adapter.Frame;
import io.patchbay.api.chat.ChatChunk;
import io.patchbay.api.chat.ChatCompletion;
import io.patchbay.api.chat.ChatEvent;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.chat.ReasoningWish;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.json.JsonKind;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.json.MalformedJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads answers. A whole one is a stream of one line, and every line has the same form. */
final class OllamaDecoder implements ChatDecoder {
    private static final JsonView NOTHING_SAID = JsonView.parse("{}");
    private static final long MOST_TOKENS = 1_000_000_000;

    private final ChatRequest request;
    private final boolean showsThoughts;
    private boolean begun;
    private boolean over;
    private int calls;

    OllamaDecoder(ChatRequest request) {
        this.request = request;
        this.showsThoughts = !ReasoningWish.of(request.json()).isHidden();
    }

    @Override
    public void decode(Frame frame, Consumer<? super ChatEvent> events) {
        if (over) {
            return;
        }
        List<ChatEvent> read;
        try {
            read = read(JsonView.parse(frame.data()));
        } catch (MalformedJson e) {
            read = failed(FailureKind.MALFORMED_ANSWER, "A piece of the provider's answer is not a JSON object.");
        }
        read.forEach(events);
    }

    @Override
    public void end(Consumer<? super ChatEvent> events) {
        if (!over) {
            failed(FailureKind.CUT_OFF, "The provider's answer ended before it was complete.")
                    .forEach(events);
        }
    }

    private List<ChatEvent> read(JsonView line) {
        if (line.kind("error").filter(kind -> kind != JsonKind.NULL).isPresent()) {
            over = true;
            return List.of(new ChatEvent.Failed(OllamaFailures.inside(line)));
        }
        boolean done = line.isTrue("done");
        var message = line.object("message");
        // The last line of a stream need not say anything.
        if (message.isEmpty() && !(done && request.stream())) {
            return failed(FailureKind.MALFORMED_ANSWER, "A piece of the provider's answer has no message.");
        }
        if (request.stream()) {
            return pieces(line, message.orElse(NOTHING_SAID), done);
        }
        if (!done) {
            return failed(FailureKind.CUT_OFF, "The provider's answer is not complete.");
        }
        over = true;
        return List.of(whole(line, message.orElse(NOTHING_SAID)));
    }

    private ChatEvent whole(JsonView line, JsonView said) {
        var message = new JsonObject();
        message.addProperty("role", "assistant");
        var text = said.string("content").orElse("");
        var made = new JsonArray();
        for (var call : said.objects("tool_calls")) {
            made.add(call(call, calls++));
        }
        if (text.isEmpty() && !made.isEmpty()) {
            message.add("content", JsonNull.INSTANCE);
        } else {
            message.addProperty("content", text);
        }
        addThoughts(said, message);
        if (!made.isEmpty()) {
            message.add("tool_calls", made);
        }
        var choice = choice("message", message, line);
        addReason(line, choice);
        var completion = answer(choice);
        usage(line).ifPresent(usage -> completion.add("usage", usage));
        return ChatCompletion.of(JsonView.of(completion));
    }

    private List<ChatEvent> pieces(JsonView line, JsonView said, boolean done) {
        var pieces = new ArrayList<ChatEvent>(1);
        var text = said.string("content").orElse("");
        var delta = new JsonObject();
        if (!begun) {
            delta.addProperty("role", "assistant");
        }
        if (!begun || !text.isEmpty()) {
            delta.addProperty("content", text);
        }
        addThoughts(said, delta);
        if (!delta.isEmpty() || line.has("logprobs")) {
            pieces.add(chunk(choice("delta", delta, line)));
        }
        begun = true;
        for (var call : said.objects("tool_calls")) {
            addCall(call, pieces);
        }
        if (done) {
            over = true;
            var last = choice("delta", new JsonObject(), NOTHING_SAID);
            addReason(line, last);
            pieces.add(chunk(last));
            usage(line).ifPresent(usage -> pieces.add(usageChunk(usage)));
            pieces.add(ChatEvent.End.INSTANCE);
        }
        return pieces;
    }

    /** A call comes whole; clients expect its name first, and then its arguments. */
    private void addCall(JsonView made, List<ChatEvent> pieces) {
        int index = calls++;
        var begin = call(made, index);
        begin.addProperty("index", index);
        var function = begin.getAsJsonObject("function");
        var rest = new JsonObject();
        rest.addProperty("index", index);
        var arguments = new JsonObject();
        arguments.add("arguments", function.get("arguments"));
        rest.add("function", arguments);
        function.addProperty("arguments", "");
        for (var piece : List.of(begin, rest)) {
            var array = new JsonArray();
            array.add(piece);
            var delta = new JsonObject();
            delta.add("tool_calls", array);
            pieces.add(chunk(choice("delta", delta, NOTHING_SAID)));
        }
    }

    private JsonObject call(JsonView made, int index) {
        var called = made.object("function").orElse(NOTHING_SAID);
        var function = new JsonObject();
        function.addProperty("name", called.string("name").orElse(""));
        // As written: a number must not become another one on the way.
        function.addProperty(
                "arguments",
                called.object("arguments")
                        .map(JsonView::toString)
                        .or(() -> called.string("arguments").filter(text -> !text.isBlank()))
                        .orElse("{}"));
        var call = new JsonObject();
        call.addProperty("id", made.string("id").filter(id -> !id.isEmpty()).orElseGet(() -> newId(index)));
        call.addProperty("type", "function");
        call.add("function", function);
        return call;
    }

    /** Unlike every other one of the conversation, because that is longer with each turn. */
    private String newId(int index) {
        return "call_" + request.json().elementKinds("messages").size() + "_" + index;
    }

    private void addThoughts(JsonView said, JsonObject to) {
        var thoughts = said.string("thinking").orElse("");
        if (showsThoughts && !thoughts.isEmpty()) {
            Thinking.show(thoughts, to);
        }
    }

    private static JsonObject choice(String name, JsonObject said, JsonView line) {
        var choice = new JsonObject();
        choice.addProperty("index", 0);
        choice.add(name, said);
        choice.add("finish_reason", JsonNull.INSTANCE);
        line.element("logprobs").filter(JsonArray.class::isInstance).ifPresent(tokens -> {
            var probabilities = new JsonObject();
            probabilities.add("content", tokens);
            choice.add("logprobs", probabilities);
        });
        return choice;
    }

    /** Ollama says "stop" after tool calls, and old versions say nothing. */
    private void addReason(JsonView line, JsonObject choice) {
        var said = line.string("done_reason").orElse("");
        var reason = calls > 0 ? "tool_calls" : "stop";
        choice.addProperty("finish_reason", said.equals("length") ? "length" : reason);
        choice.addProperty("native_finish_reason", said.isEmpty() ? "stop" : said);
    }

    private static Optional<JsonObject> usage(JsonView line) {
        if (!line.has("prompt_eval_count") && !line.has("eval_count")) {
            return Optional.empty();
        }
        // The prompt's count is left out where all of it was in the cache.
        long prompt = count(line, "prompt_eval_count");
        long completion = count(line, "eval_count");
        var usage = new JsonObject();
        usage.addProperty("prompt_tokens", prompt);
        usage.addProperty("completion_tokens", completion);
        usage.addProperty("total_tokens", prompt + completion);
        return Optional.of(usage);
    }

    private static long count(JsonView line, String name) {
        return Math.max(0, Math.min(line.integer(name).orElse(0), MOST_TOKENS));
    }

    private static ChatChunk usageChunk(JsonObject usage) {
        var chunk = new JsonObject();
        chunk.add("choices", new JsonArray());
        chunk.add("usage", usage);
        return ChatChunk.of(JsonView.of(chunk));
    }

    private static ChatChunk chunk(JsonObject choice) {
        return ChatChunk.of(JsonView.of(answer(choice)));
    }

    private static JsonObject answer(JsonObject choice) {
        var choices = new JsonArray();
        choices.add(choice);
        var answer = new JsonObject();
        answer.add("choices", choices);
        return answer;
    }

    private List<ChatEvent> failed(FailureKind kind, String message) {
        over = true;
        return List.of(new ChatEvent.Failed(Failure.of(kind, message)));
    }
}
