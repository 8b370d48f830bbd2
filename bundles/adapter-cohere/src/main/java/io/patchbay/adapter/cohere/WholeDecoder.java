package io.patchbay.adapter.cohere;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import io.patchbay.api.adapter.ChatDecoder;
import io.patchbay.api.adapter.Frame;
import io.patchbay.api.chat.ChatCompletion;
import io.patchbay.api.chat.ChatEvent;
import io.patchbay.api.json.JsonTree;
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
        if (over) {
            return;
        }
        over = true;
        try {
            events.accept(read(JsonView.parse(frame.data()).toTree()));
        } catch (MalformedJson | JsonParseException e) {
            events.accept(malformed("The provider's answer is not a JSON object."));
        }
    }

    @Override
    public void end(Consumer<? super ChatEvent> events) {
        if (!over) {
            over = true;
            events.accept(malformed("The provider's answer is empty."));
        }
    }

    private ChatEvent read(JsonObject answer) {
        var reason = JsonTree.text(answer.get("finish_reason"));
        if (Answers.isFailure(reason) || !JsonTree.text(answer.get("message")).isEmpty()) {
            return new ChatEvent.Failed(CohereFailures.inside(reason, answer));
        }
        if (!(answer.get("message") instanceof JsonObject said)) {
            return malformed("The provider's answer has no message.");
        }
        var message = message(said);
        var choice = new JsonObject();
        choice.addProperty("index", 0);
        choice.add("message", message);
        choice.addProperty("finish_reason", Answers.finishReason(reason, message.has("tool_calls")));
        choice.addProperty("native_finish_reason", reason.isEmpty() ? "stop" : reason);
        var pieces = JsonTree.array(answer.get("logprobs"));
        if (!pieces.isEmpty()) {
            choice.add("logprobs", Answers.logProbabilities(pieces));
        }
        var choices = new JsonArray();
        choices.add(choice);
        var completion = new JsonObject();
        completion.add("choices", choices);
        Answers.usage(answer.get("usage")).ifPresent(usage -> completion.add("usage", usage));
        return ChatCompletion.of(JsonView.of(completion));
    }

    private JsonObject message(JsonObject said) {
        var message = new JsonObject();
        message.addProperty("role", "assistant");
        var content = JsonTree.array(said.get("content"));
        var text = new StringBuilder(JsonTree.text(said.get("content")));
        int thoughts = 0;
        for (var element : content) {
            var part = JsonTree.object(element);
            text.append(JsonTree.text(part.get("text")));
            var thought = JsonTree.text(part.get("thinking"));
            if (showsThoughts && !thought.isEmpty()) {
                Thinking.show(thought, Thinking.THINKING, thoughts++, message);
            }
        }
        var plan = JsonTree.text(said.get("tool_plan"));
        if (showsThoughts && !plan.isEmpty()) {
            Thinking.show(plan, Thinking.PLAN, thoughts, message);
        }
        var calls = calls(JsonTree.array(said.get("tool_calls")));
        if (calls.isEmpty() || !text.isEmpty()) {
            message.addProperty("content", text.toString());
        } else {
            message.add("content", JsonNull.INSTANCE);
        }
        if (!calls.isEmpty()) {
            message.add("tool_calls", calls);
        }
        for (var element : JsonTree.array(said.get("citations"))) {
            var citation = JsonTree.object(element);
            if (Citations.isOfText(citation)) {
                Citations.add(
                        citation, Citations.offset(content, Json.integer(citation.get("content_index"))), message);
            }
        }
        return message;
    }

    private static JsonArray calls(JsonArray made) {
        var calls = new JsonArray();
        for (var element : made) {
            var call = JsonTree.object(element);
            var function = JsonTree.object(call.get("function"));
            calls.add(call(
                    calls.size(), call, ToolCallStream.orNone(ToolCallStream.arguments(function.get("arguments")))));
        }
        return calls;
    }

    /** One call in the canonical form. */
    static JsonObject call(int index, JsonObject call, String arguments) {
        var function = new JsonObject();
        function.addProperty(
                "name", JsonTree.text(JsonTree.object(call.get("function")).get("name")));
        function.addProperty("arguments", arguments);
        var canonical = new JsonObject();
        canonical.addProperty("index", index);
        canonical.addProperty("id", JsonTree.text(call.get("id")));
        canonical.addProperty("type", "function");
        canonical.add("function", function);
        return canonical;
    }

    private static ChatEvent malformed(String message) {
        return new ChatEvent.Failed(CohereFailures.malformed(message));
    }
}
