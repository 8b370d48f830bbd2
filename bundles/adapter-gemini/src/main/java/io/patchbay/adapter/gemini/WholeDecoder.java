package io.patchbay.adapter.gemini;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.api.adapter.ChatDecoder;
import io.patchbay.api.adapter.Frame;
import io.patchbay.api.chat.ChatCompletion;
import io.patchbay.api.chat.ChatEvent;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.json.MalformedJson;
import java.util.function.Consumer;

/** Reads an answer that comes in one piece. */
final class WholeDecoder implements ChatDecoder {
    private final Answer answer;
    private boolean over;

    WholeDecoder(Answer answer) {
        this.answer = answer;
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
        if (GeminiFailures.isError(json)) {
            return new ChatEvent.Failed(GeminiFailures.inside(json));
        }
        var choices = new JsonArray();
        for (var piece : answer.read(json)) {
            var choice = piece.choice();
            choice.add("message", Answer.message(piece.candidate(), piece.delta()));
            Answer.finish(piece.candidate(), choice);
            choices.add(choice);
        }
        if (answer.isBlocked()) {
            choices.add(answer.blockedChoice("message"));
        }
        if (choices.isEmpty()) {
            return malformed("The provider's answer has no candidates.");
        }
        var failure = answer.failure();
        return failure.isPresent() ? failed(failure.get()) : completion(choices);
    }

    private ChatEvent completion(JsonArray choices) {
        var completion = new JsonObject();
        completion.add("choices", choices);
        answer.usage().ifPresent(usage -> completion.add("usage", usage));
        return ChatCompletion.of(JsonView.of(completion));
    }

    private static ChatEvent malformed(String message) {
        return failed(GeminiFailures.malformed(message));
    }

    private static ChatEvent failed(Failure failure) {
        return new ChatEvent.Failed(failure);
    }
}
