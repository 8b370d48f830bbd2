package io.patchbay.api.chat;

import io.patchbay.api.json.JsonView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A canonical chat request: OpenAI's chat completion request with OpenRouter's extensions, as a typed view over its
 * JSON. A dialect has checked the types of all documented fields; fields nobody knows are carried along. Immutable.
 */
public final class ChatRequest {
    private final JsonView json;
    private final List<String> models;
    private final boolean stream;
    private @Nullable List<JsonView> messages;

    private ChatRequest(JsonView json) {
        this.json = json;
        this.stream = json.isTrue("stream");
        var names = new ArrayList<String>(1);
        json.string("model").ifPresent(names::add);
        for (var name : json.strings("models")) {
            if (!names.contains(name)) {
                names.add(name);
            }
        }
        this.models = List.copyOf(names);
    }

    /** Views a request that a dialect has checked. */
    public static ChatRequest of(JsonView json) {
        return new ChatRequest(json);
    }

    /** The request itself. */
    public JsonView json() {
        return json;
    }

    /** The models to try, in order: {@code model}, then those of {@code models}; as the client wrote them. */
    public List<String> models() {
        return models;
    }

    /** Whether the client wants the answer piece by piece. */
    public boolean stream() {
        return stream;
    }

    /** The messages, in order; indexed by the first call only. */
    public List<JsonView> messages() {
        var known = messages;
        if (known == null) {
            // Two threads may both do it: they come to the same, and neither can see the other's half done.
            known = List.copyOf(json.objects("messages"));
            messages = known;
        }
        return known;
    }

    /** The most completion tokens the client wants: {@code max_completion_tokens}, else {@code max_tokens}. */
    public OptionalLong maxTokens() {
        var newer = json.integer("max_completion_tokens");
        return newer.isPresent() ? newer : json.integer("max_tokens");
    }

    /** The client's rules for choosing providers, {@code provider{…}}, unread. */
    public Optional<JsonView> provider() {
        return json.object("provider");
    }

    /** Names the models only: prompts are not for logs. */
    @Override
    public String toString() {
        return "ChatRequest" + models;
    }
}
