package io.patchbay.adapter.gemini;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.patchbay.api.adapter.ChatDecoder;
import io.patchbay.api.adapter.Frame;
import io.patchbay.api.chat.ChatChunk;
import io.patchbay.api.chat.ChatEvent;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.json.JsonTree;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.json.MalformedJson;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads a streamed answer. Nothing marks its end but the end of the connection: more may follow the piece that says why
 * it ended. Nothing is said downstream before Gemini says something, because until then another endpoint can take over.
 */
final class StreamDecoder implements ChatDecoder {
    private final Answer answer;
    private final Set<Integer> begun = new HashSet<>();
    private boolean over;

    StreamDecoder(Answer answer) {
        this.answer = answer;
    }

    @Override
    public void decode(Frame frame, Consumer<? super ChatEvent> events) {
        if (over) {
            return;
        }
        JsonView json;
        try {
            json = JsonView.parse(frame.data());
        } catch (MalformedJson e) {
            fail(GeminiFailures.malformed("A piece of the provider's stream is not a JSON object."), events);
            return;
        }
        if (GeminiFailures.isError(json)) {
            fail(GeminiFailures.inside(json), events);
            return;
        }
        for (var piece : answer.read(json)) {
            if (!piece.delta().isEmpty() || piece.choice().has("logprobs")) {
                emit(chunk(piece), events);
            }
        }
    }

    @Override
    public void end(Consumer<? super ChatEvent> events) {
        if (over) {
            return;
        }
        boolean isCutOff = answer.candidates().stream()
                .anyMatch(candidate -> candidate.nativeFinish().isEmpty());
        if (isCutOff || answer.candidates().isEmpty() && !answer.isBlocked()) {
            fail(
                    Failure.of(FailureKind.CUT_OFF, "The provider's stream ended before the answer was complete."),
                    events);
            return;
        }
        var failure = answer.failure();
        if (failure.isPresent()) {
            fail(failure.get(), events);
            return;
        }
        over = true;
        finish(events);
        events.accept(ChatEvent.End.INSTANCE);
    }

    private void finish(Consumer<? super ChatEvent> events) {
        var last = new ArrayList<JsonObject>();
        for (var candidate : answer.candidates()) {
            var choice = choice(candidate.index(), new JsonObject());
            Answer.addLast(candidate, JsonTree.object(choice.get("delta")));
            Answer.finish(candidate, choice);
            last.add(choice);
        }
        if (answer.isBlocked()) {
            last.add(answer.blockedChoice("delta"));
        }
        for (int i = 0; i < last.size(); i++) {
            var chunk = chunkOf(last.get(i));
            if (i == last.size() - 1) {
                answer.usage().ifPresent(usage -> chunk.add("usage", usage));
            }
            emit(chunk, events);
        }
    }

    private JsonObject chunk(Answer.Piece piece) {
        var choice = choice(piece.candidate().index(), piece.delta());
        choice.add("finish_reason", JsonNull.INSTANCE);
        if (piece.choice().has("logprobs")) {
            choice.add("logprobs", piece.choice().get("logprobs"));
        }
        return chunkOf(choice);
    }

    /** The first one of each tells who speaks. */
    private JsonObject choice(int index, JsonObject said) {
        var delta = new JsonObject();
        if (begun.add(index)) {
            delta.addProperty("role", "assistant");
        }
        said.asMap().forEach(delta::add);
        var choice = new JsonObject();
        choice.addProperty("index", index);
        choice.add("delta", delta);
        return choice;
    }

    private static JsonObject chunkOf(JsonObject choice) {
        var choices = new JsonArray();
        choices.add(choice);
        return Json.with("choices", choices);
    }

    /** What was used up counts, though the answer failed. */
    private void fail(Failure failure, Consumer<? super ChatEvent> events) {
        over = true;
        answer.usage().ifPresent(usage -> {
            var chunk = Json.with("choices", new JsonArray());
            chunk.add("usage", usage);
            emit(chunk, events);
        });
        events.accept(new ChatEvent.Failed(failure));
    }

    private static void emit(JsonObject chunk, Consumer<? super ChatEvent> events) {
        events.accept(ChatChunk.of(JsonView.of(chunk)));
    }
}
