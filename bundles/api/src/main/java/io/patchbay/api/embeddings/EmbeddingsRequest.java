package io.patchbay.api.embeddings;

import io.patchbay.api.chat.ModelRequest;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.json.JsonKind;
import io.patchbay.api.json.JsonView;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A canonical request for embeddings: OpenAI's ({@code POST /embeddings}) with OpenRouter's {@code input_type} and
 * {@code provider}, as a typed view over its JSON. A dialect has checked the types of all documented fields. Immutable.
 */
public final class EmbeddingsRequest implements ModelRequest {
    private final JsonView json;

    private EmbeddingsRequest(JsonView json) {
        this.json = json;
    }

    /** Views a request that a dialect has checked. */
    public static EmbeddingsRequest of(JsonView json) {
        return new EmbeddingsRequest(json);
    }

    @Override
    public JsonView json() {
        return json;
    }

    /** The model as the client wrote it. */
    public String model() {
        return json.string("model").orElse("");
    }

    @Override
    public List<String> models() {
        return json.string("model").map(List::of).orElseGet(List::of);
    }

    /** Of what OpenAI's format knows, only the length of the vectors is not everybody's. */
    @Override
    public List<String> parameters() {
        return dimensions().isPresent() ? List.of("dimensions") : List.of();
    }

    /**
     * The texts to embed, in order; empty if any of them is not given as text, but as numbers of tokens or as parts of
     * which one is an image.
     */
    public List<String> texts() {
        var one = json.string("input");
        if (one.isPresent()) {
            return List.of(one.get());
        }
        var texts = json.strings("input");
        if (texts.isEmpty()) {
            json.objects("input").forEach(input -> textOf(input).ifPresent(texts::add));
        }
        return texts.size() == json.elementKinds("input").size() ? texts : List.of();
    }

    private static Optional<String> textOf(JsonView input) {
        var parts = input.objects("content");
        return parts.size() == 1 ? parts.get(0).string("text") : Optional.empty();
    }

    /**
     * The texts to embed, for a provider that takes nothing else.
     *
     * @throws io.patchbay.api.failure.FailureException INVALID_REQUEST if there is anything else
     */
    public List<String> requireTexts() {
        var texts = texts();
        if (texts.isEmpty()) {
            throw Failure.invalid("input", "This provider takes texts only, no numbers of tokens and no images.")
                    .toException();
        }
        return texts;
    }

    /**
     * The one text to embed, for a provider that takes one at a time.
     *
     * @throws io.patchbay.api.failure.FailureException INVALID_REQUEST if there are several, or something else
     */
    public String requireOneText() {
        requireOneInput();
        return requireTexts().get(0);
    }

    /**
     * Makes sure that there is one input, for a provider that takes one at a time.
     *
     * @throws io.patchbay.api.failure.FailureException INVALID_REQUEST if there are several
     */
    public void requireOneInput() {
        if (inputs() > 1) {
            throw Failure.invalid(
                            "input", "This provider takes one input to a request; send " + inputs() + " requests.")
                    .toException();
        }
    }

    /** The inputs that are given as {@code {content: [parts]}}, OpenRouter's form for images; else empty. */
    public List<JsonView> contents() {
        return json.objects("input");
    }

    /** How many vectors the answer must have. */
    public int inputs() {
        if (json.kind("input").filter(kind -> kind == JsonKind.ARRAY).isEmpty()) {
            return 1;
        }
        var kinds = json.elementKinds("input");
        return kinds.stream().allMatch(kind -> kind == JsonKind.NUMBER) ? 1 : kinds.size();
    }

    /** How long the vectors are to be. */
    public OptionalLong dimensions() {
        return json.integer("dimensions");
    }

    /** Whether vectors are wanted as base64 of little-endian 32-bit floating point numbers. */
    public boolean wantsBase64() {
        return json.string("encoding_format").filter("base64"::equals).isPresent();
    }

    /** What the vectors are for ({@code search_query}, {@code search_document}, …), in the words of the client. */
    public Optional<String> inputType() {
        return json.string("input_type");
    }

    @Override
    public Optional<JsonView> provider() {
        return json.object("provider");
    }

    /** Names the model only: inputs are not for logs. */
    @Override
    public String toString() {
        return "EmbeddingsRequest[" + model() + ']';
    }
}
