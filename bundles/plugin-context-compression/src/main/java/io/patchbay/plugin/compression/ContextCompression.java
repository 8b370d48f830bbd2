package io.patchbay.plugin.compression;

import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.pipeline.Note;
import io.patchbay.api.pipeline.Passage;
import io.patchbay.api.pipeline.Plugin;
import io.patchbay.api.pipeline.Room;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;

/**
 * The component. For those who name it, for those who say {@code "transforms": ["middle-out"]}, as it was called before, and,
 * as with OpenRouter, for models of which nobody has room for more than {@value #SMALL_CONTEXT} tokens.
 */
@Component(property = Plugin.ID + "=context-compression")
public final class ContextCompression implements Plugin {
    private static final long SMALL_CONTEXT = 8_192;
    /** Prompts that are shorter, by a rough guess, fit into any model there is. */
    private static final long SHORT_PROMPT = 1_500;

    private static final String TRANSFORMS = "transforms";
    private static final String MIDDLE_OUT = "middle-out";

    /** What an answer takes that nobody has limited. */
    private static final long USUAL_ANSWER = 1_000;

    @Override
    public Optional<Passage> enter(ChatRequest request, Optional<JsonView> settings, Room room) {
        if (room.promptTokens() < SHORT_PROMPT) {
            return Optional.empty();
        }
        boolean isAskedFor =
                settings.isPresent() || request.json().strings(TRANSFORMS).contains(MIDDLE_OUT);
        boolean isRefused = !isAskedFor && request.json().has(TRANSFORMS);
        var context = room.longestContext();
        if (isRefused || context.isEmpty() || (!isAskedFor && context.getAsLong() > SMALL_CONTEXT)) {
            return Optional.empty();
        }
        long answer = request.maxTokens().orElse(Math.min(USUAL_ANSWER, context.getAsLong() / 4));
        return MiddleOut.compressed(request, context.getAsLong() - answer).map(Compressed::new);
    }

    private record Compressed(MiddleOut.Result result) implements Passage {
        @Override
        public JsonView request() {
            return result.request();
        }

        @Override
        public List<Note> notes() {
            return List.of(new Note("context_compression", "context-compression", result.summary()));
        }
    }
}
