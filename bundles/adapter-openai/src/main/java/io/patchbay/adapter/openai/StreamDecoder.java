package io.patchbay.adapter.openai;

import io.patchbay.api.adapter.ChatDecoder;
import io.patchbay.api.adapter.Frame;
import io.patchbay.api.chat.ChatChunk;
import io.patchbay.api.chat.ChatEvent;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.json.MalformedJson;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads a streamed answer.
 *
 * <p>Nearly every chunk goes through as the bytes that came. One is put together anew only where a choice of it has to
 * change: the one that ends the choice, and those in which a provider departs from the format.
 */
final class StreamDecoder implements ChatDecoder {
    private static final byte[] DONE = {'[', 'D', 'O', 'N', 'E', ']'};
    /** Far beyond what any provider grants for {@code n}. */
    private static final int MOST_CHOICES = 1024;

    private final List<ChoiceState> choices = new ArrayList<>(1);
    private final boolean hasThinkTags;
    private boolean counted;
    private boolean over;

    /**
     * Begins a stream.
     *
     * @param hasThinkTags whether texts may begin with thoughts between tags
     */
    StreamDecoder(boolean hasThinkTags) {
        this.hasThinkTags = hasThinkTags;
    }

    @Override
    public void decode(Frame frame, Consumer<? super ChatEvent> events) {
        if (over) {
            return;
        }
        if (isDone(frame.data())) {
            finish(true, events);
            return;
        }
        try {
            read(JsonView.parse(frame.data()), frame.event(), events);
        } catch (MalformedJson e) {
            fail(
                    frame.event().equals("error")
                            ? OpenAiFailures.inside(frame.data())
                            : malformed("A piece of the provider's stream is not a JSON object."),
                    events);
        }
    }

    @Override
    public void end(Consumer<? super ChatEvent> events) {
        if (!over) {
            finish(false, events);
        }
    }

    private void read(JsonView said, String event, Consumer<? super ChatEvent> events) {
        if (event.equals("error") || ErrorBody.isError(said)) {
            fail(OpenAiFailures.inside(said), events);
            return;
        }
        var json = TokenCounts.mend(said);
        var chunk = ChatChunk.of(json);
        counted |= chunk.choices().isEmpty() && chunk.usage().isPresent();
        List<JsonView> changed = null;
        for (int i = 0; i < chunk.choices().size(); i++) {
            var choice = chunk.choices().get(i);
            if (ErrorBody.isErrorChoice(choice)) {
                fail(OpenAiFailures.inside(choice), events);
                return;
            }
            int index = choice.has("index") ? (int) choice.integer("index").orElse(-1) : i;
            if (index < 0 || index >= MOST_CHOICES) {
                fail(malformed("A choice of the provider's stream has no valid index."), events);
                return;
            }
            var after = state(index).read(json, choice, index);
            if (after != choice && changed == null) {
                changed = new ArrayList<>(chunk.choices());
            }
            if (changed != null) {
                changed.set(i, after);
            }
        }
        if (changed == null) {
            events.accept(chunk);
        } else {
            emit(json, changed, events);
        }
    }

    /** A chunk that had nothing but a second ending, and no token counts, says nothing any more. */
    private static void emit(JsonView json, List<JsonView> changed, Consumer<? super ChatEvent> events) {
        var array = new StringBuilder("[");
        for (var choice : changed) {
            if (choice != ChoiceState.NOTHING) {
                array.append(array.length() == 1 ? "" : ",").append(choice);
            }
        }
        var chunk = ChatChunk.of(
                json.rewrite().raw("choices", array.append(']').toString()).toView());
        if (!chunk.choices().isEmpty() || chunk.usage().isPresent()) {
            events.accept(chunk);
        }
    }

    /**
     * The provider says that this was all: it was, if every choice has come to its own end. Some give no reason why they
     * end; their word is taken if the counts came before it, which come when all is said.
     */
    private void finish(boolean isDone, Consumer<? super ChatEvent> events) {
        if (choices.isEmpty()) {
            fail(malformed("The provider's stream holds no answer."), events);
            return;
        }
        for (int i = 0; i < choices.size(); i++) {
            choices.get(i).belatedEnd(i, isDone && counted).ifPresent(events);
        }
        if (choices.stream().allMatch(ChoiceState::isComplete)) {
            over = true;
            events.accept(ChatEvent.End.INSTANCE);
        } else {
            fail(
                    Failure.of(FailureKind.CUT_OFF, "The provider's stream ended before the answer was complete."),
                    events);
        }
    }

    private void fail(Failure failure, Consumer<? super ChatEvent> events) {
        over = true;
        events.accept(new ChatEvent.Failed(failure));
    }

    private ChoiceState state(int index) {
        while (choices.size() <= index) {
            choices.add(new ChoiceState(hasThinkTags));
        }
        return choices.get(index);
    }

    private static boolean isDone(byte[] data) {
        int from = 0;
        while (from < data.length && data[from] <= ' ' && data[from] >= 0) {
            from++;
        }
        if (data.length - from < DONE.length || data[from] != '[') {
            return false;
        }
        for (int i = 0; i < DONE.length; i++) {
            if (data[from + i] != DONE[i]) {
                return false;
            }
        }
        return true;
    }

    private static Failure malformed(String message) {
        return Failure.of(FailureKind.MALFORMED_ANSWER, message);
    }
}
