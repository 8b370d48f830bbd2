package io.patchbay.api.chat;

import io.patchbay.api.json.JsonView;
import java.util.List;
import java.util.Optional;

/**
 * A whole answer in the canonical form: a {@code chat.completion}. As with {@link ChatChunk}, the envelope is
 * Patchbay's. Immutable.
 */
public final class ChatCompletion implements ChatEvent {
    private final JsonView json;
    private final List<JsonView> choices;

    private ChatCompletion(JsonView json) {
        this.json = json;
        this.choices = json.objects("choices");
    }

    /** Views an answer. */
    public static ChatCompletion of(JsonView json) {
        return new ChatCompletion(json);
    }

    /** The answer itself. */
    public JsonView json() {
        return json;
    }

    /** Its choices, at least one. */
    public List<JsonView> choices() {
        return choices;
    }

    /** The canonical finish reason of the first choice. */
    public Optional<String> finishReason() {
        return choices.isEmpty() ? Optional.empty() : choices.get(0).string("finish_reason");
    }

    /** The token counts, if the provider gave any. */
    public Optional<Usage> usage() {
        return json.object("usage").map(Usage::of);
    }
}
