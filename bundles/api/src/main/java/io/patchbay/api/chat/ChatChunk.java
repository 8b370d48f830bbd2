package io.patchbay.api.chat;

import io.patchbay.api.json.JsonKind;
import io.patchbay.api.json.JsonView;
import java.util.List;
import java.util.Optional;

/**
 * A piece of a streamed answer in the canonical form: a {@code chat.completion.chunk}. Only {@code choices},
 * {@code usage} and fields beyond OpenAI's envelope count: {@code id}, {@code object}, {@code created}, {@code model}
 * and {@code provider} are set by Patchbay. Immutable.
 */
public final class ChatChunk implements ChatEvent {
    private final JsonView json;
    private final List<JsonView> choices;

    private ChatChunk(JsonView json) {
        this.json = json;
        this.choices = json.objects("choices");
    }

    /** Views a chunk. */
    public static ChatChunk of(JsonView json) {
        return new ChatChunk(json);
    }

    /** The chunk itself. */
    public JsonView json() {
        return json;
    }

    /** Its choices; none in a chunk that brings nothing but usage. */
    public List<JsonView> choices() {
        return choices;
    }

    /** The canonical finish reason, if this chunk ends one of the choices. */
    public Optional<String> finishReason() {
        for (var choice : choices) {
            var reason = choice.string("finish_reason");
            if (reason.isPresent()) {
                return reason;
            }
        }
        return Optional.empty();
    }

    /** The token counts, if this chunk brings them. They are running totals: the latest replaces the others. */
    public Optional<Usage> usage() {
        return json.kind("usage").filter(kind -> kind == JsonKind.OBJECT).isEmpty()
                ? Optional.empty()
                : json.object("usage").map(Usage::of);
    }
}
