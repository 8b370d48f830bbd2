package io.patchbay.api.chat;

import io.patchbay.api.json.JsonKind;
import io.patchbay.api.json.JsonView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A canonical chat request: OpenAI's chat completion request with OpenRouter's extensions, as a typed view over its
 * JSON. A dialect has checked the types of all documented fields; fields nobody knows are carried along. Immutable.
 */
public final class ChatRequest implements ModelRequest {
    private static final Set<String> NOT_OF_THE_MODEL = Set.of(
            "model",
            "models",
            "messages",
            "stream",
            "stream_options",
            "user",
            "metadata",
            "store",
            "route",
            "provider",
            "plugins",
            "transforms",
            "preset",
            "session_id",
            "trace",
            "usage",
            "debug",
            "stop_server_tools_when");

    private final JsonView json;
    private final List<String> models;
    private final boolean stream;

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

    @Override
    public JsonView json() {
        return json;
    }

    /** The models to try, in order: {@code model}, then those of {@code models}; as the client wrote them. */
    @Override
    public List<String> models() {
        return models;
    }

    /** Whether the client wants the answer piece by piece. */
    public boolean stream() {
        return stream;
    }

    /** The messages, in order. */
    public List<JsonView> messages() {
        return json.objects("messages");
    }

    /** The most completion tokens the client wants: {@code max_completion_tokens}, else {@code max_tokens}. */
    public OptionalLong maxTokens() {
        var newer = json.integer("max_completion_tokens");
        return newer.isPresent() ? newer : json.integer("max_tokens");
    }

    /**
     * Names of the fields that ask something of the model ({@code temperature}, {@code tools}, …): all that are set but
     * those that every provider has an answer to, and those that speak to the gateway.
     */
    @Override
    public List<String> parameters() {
        return json.names().stream()
                .filter(name -> !NOT_OF_THE_MODEL.contains(name))
                .filter(name -> json.kind(name).filter(JsonKind.NULL::equals).isEmpty())
                .toList();
    }

    @Override
    public Optional<JsonView> provider() {
        return json.object("provider");
    }

    /** Names the models only: prompts are not for logs. */
    @Override
    public String toString() {
        return "ChatRequest" + models;
    }
}
