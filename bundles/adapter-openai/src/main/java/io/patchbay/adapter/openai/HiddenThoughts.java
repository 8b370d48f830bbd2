package io.patchbay.adapter.openai;

import io.patchbay.api.adapter.ChatDecoder;
import io.patchbay.api.adapter.Frame;
import io.patchbay.api.chat.ChatChunk;
import io.patchbay.api.chat.ChatCompletion;
import io.patchbay.api.chat.ChatEvent;
import io.patchbay.api.json.JsonView;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Takes the thoughts out of an answer whose client does not want to see them ({@code reasoning.exclude}). OpenAI's format
 * has no word for that wish.
 */
final class HiddenThoughts implements ChatDecoder {
    private static final Set<String> THOUGHTS = Set.of("reasoning", "reasoning_content", "reasoning_details");

    private final ChatDecoder shown;

    /** Hides the thoughts of what another decoder reads. */
    HiddenThoughts(ChatDecoder shown) {
        this.shown = shown;
    }

    @Override
    public void decode(Frame frame, Consumer<? super ChatEvent> events) {
        shown.decode(frame, event -> pass(event, events));
    }

    @Override
    public void end(Consumer<? super ChatEvent> events) {
        shown.end(event -> pass(event, events));
    }

    private static void pass(ChatEvent event, Consumer<? super ChatEvent> events) {
        if (event instanceof ChatChunk chunk && thinks(chunk.choices(), "delta")) {
            var rest = ChatChunk.of(hide(chunk.json(), chunk.choices(), "delta"));
            if (saysSomething(rest)) {
                events.accept(rest);
            }
        } else if (event instanceof ChatCompletion completion && thinks(completion.choices(), "message")) {
            events.accept(ChatCompletion.of(hide(completion.json(), completion.choices(), "message")));
        } else {
            events.accept(event);
        }
    }

    private static boolean thinks(List<JsonView> choices, String name) {
        return choices.stream()
                .flatMap(choice -> choice.object(name).stream())
                .anyMatch(said -> THOUGHTS.stream().anyMatch(said::has));
    }

    private static JsonView hide(JsonView answer, List<JsonView> choices, String name) {
        var array = new StringBuilder("[");
        for (var choice : choices) {
            array.append(array.length() == 1 ? "" : ",").append(hide(choice, name));
        }
        return answer.rewrite().raw("choices", array.append(']').toString()).toView();
    }

    private static JsonView hide(JsonView choice, String name) {
        var said = choice.object(name);
        if (said.isEmpty()) {
            return choice;
        }
        var rest = said.get().rewrite();
        THOUGHTS.forEach(rest::remove);
        return choice.rewrite().raw(name, rest.toView().toString()).toView();
    }

    /** Pieces that had nothing but a thought, most often beside an empty text, are left out altogether. */
    private static boolean saysSomething(ChatChunk chunk) {
        return chunk.usage().isPresent()
                || chunk.finishReason().isPresent()
                || chunk.choices().stream()
                        .flatMap(choice -> choice.object("delta").stream())
                        .anyMatch(HiddenThoughts::saysSomething);
    }

    private static boolean saysSomething(JsonView delta) {
        return delta.names().stream()
                .anyMatch(name -> !name.equals("content")
                        || !delta.string("content").orElse("").isEmpty());
    }
}
