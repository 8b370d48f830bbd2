package io.patchbay.api.chat;

import io.patchbay.api.json.JsonKind;
import io.patchbay.api.json.JsonView;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

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
            "cache_enabled",
            "cache_ttl_seconds",
            "session_id",
            "trace",
            "usage",
            "debug",
            "stop_server_tools_when");

    /** What OpenAI's documentation gives as the value that counts where none is given. */
    private static final Map<String, String> WITHOUT_SAYING = Map.ofEntries(
            Map.entry("n", "1"),
            Map.entry("temperature", "1"),
            Map.entry("top_p", "1"),
            Map.entry("frequency_penalty", "0"),
            Map.entry("presence_penalty", "0"),
            Map.entry("logprobs", "false"),
            Map.entry("parallel_tool_calls", "true"),
            Map.entry("tool_choice", "\"auto\""),
            Map.entry("service_tier", "\"auto\""));

    private static final int EMPTY = 2;
    private static final String NEWER_LIMIT = "max_completion_tokens";
    private static final String LIMIT = "max_tokens";
    /** OpenAI's limit. */
    private static final long MOST_ANSWERS = 128;

    private final JsonView json;
    private final List<String> models;
    private final boolean stream;
    private @Nullable List<JsonView> messages;
    private @Nullable Set<String> contents;

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
        var newer = json.integer(NEWER_LIMIT);
        return newer.isPresent() ? newer : json.integer(LIMIT);
    }

    /** How many images its messages hold; indexes them. */
    public long images() {
        return messages().stream()
                .flatMap(message -> message.objects("content").stream())
                .filter(part -> part.string("type").filter("image_url"::equals).isPresent())
                .count();
    }

    /** How many answers the client wants to choose from: {@code n}, 1 to {@value #MOST_ANSWERS}. */
    public long answers() {
        return Math.max(1, Math.min(MOST_ANSWERS, json.integer("n").orElse(1)));
    }

    /** This request for an answer no longer than that; the same one if there is no limit. */
    public ChatRequest atMost(OptionalLong completionTokens) {
        if (completionTokens.isEmpty()) {
            return this;
        }
        var field = json.integer(NEWER_LIMIT).isPresent() ? NEWER_LIMIT : LIMIT;
        return new ChatRequest(JsonView.parse(
                json.rewrite().set(field, completionTokens.getAsLong()).toBytes()));
    }

    /**
     * Names of the fields that ask something of the model ({@code temperature}, {@code tools}, …): all that are set but
     * those that every provider has an answer to, those that speak to the gateway, and those that say no more than what
     * goes without saying ({@code "n": 1}, an empty list).
     */
    @Override
    public List<String> parameters() {
        return json.names().stream()
                .filter(name -> !NOT_OF_THE_MODEL.contains(name))
                .filter(this::saysSomething)
                .toList();
    }

    @Override
    public Optional<JsonView> provider() {
        return json.object("provider");
    }

    /**
     * What the messages hold beside text: {@code image}, {@code file}, {@code audio}, {@code video}; looked up by the first
     * call only.
     */
    public Set<String> contents() {
        var known = contents;
        if (known == null) {
            known = Collections.unmodifiableSet(held());
            contents = known;
        }
        return known;
    }

    private Set<String> held() {
        Set<String> held = Set.of();
        for (var message : messages()) {
            if (message.kind("content").orElse(JsonKind.NULL) != JsonKind.ARRAY) {
                continue;
            }
            for (var part : message.objects("content")) {
                var content = content(part.string("type").orElse(""));
                if (!content.isEmpty() && !held.contains(content)) {
                    held = held.isEmpty() ? new TreeSet<>() : held;
                    held.add(content);
                }
            }
        }
        return held;
    }

    private static String content(String partType) {
        return switch (partType) {
            case "image_url" -> "image";
            case "file" -> "file";
            case "input_audio" -> "audio";
            case "video_url", "input_video" -> "video";
            default -> "";
        };
    }

    private boolean saysSomething(String name) {
        return switch (json.kind(name).orElse(JsonKind.NULL)) {
            case NULL -> false;
            case OBJECT, ARRAY, STRING -> json.length(name) > EMPTY && !goesWithoutSaying(name);
            default -> !goesWithoutSaying(name);
        };
    }

    private boolean goesWithoutSaying(String name) {
        var usual = WITHOUT_SAYING.get(name);
        if (usual == null) {
            return false;
        }
        var number = json.number(name);
        return number.isPresent()
                ? Character.isDigit(usual.charAt(0)) && number.get().compareTo(new BigDecimal(usual)) == 0
                : json.element(name).map(Object::toString).filter(usual::equals).isPresent();
    }

    /** Names the models only: prompts are not for logs. */
    @Override
    public String toString() {
        return "ChatRequest" + models;
    }
}
