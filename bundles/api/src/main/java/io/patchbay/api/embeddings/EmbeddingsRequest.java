package io.patchbay.api.embeddings;

import io.patchbay.api.json.JsonKind;
import io.patchbay.api.json.JsonView;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A canonical request for embeddings: OpenAI's ({@code POST /embeddings}) with OpenRouter's {@code input_type} and
 * {@code provider}, as a typed view over its JSON. A dialect has checked the types of all documented fields. Immutable.
 */
public final class EmbeddingsRequest {
    private final JsonView json;

    private EmbeddingsRequest(JsonView json) {
        this.json = json;
    }

    /** Views a request that a dialect has checked. */
    public static EmbeddingsRequest of(JsonView json) {
        return new EmbeddingsRequest(json);
    }

    /** The request itself. */
    public JsonView json() {
        return json;
    }

    /** The model as the client wrote it. */
    public String model() {
        return json.string("model").orElse("");
    }

    /** The texts to embed, in order; empty if they are not given as text, but as numbers of tokens or as parts. */
    public List<String> texts() {
        return json.string("input").map(List::of).orElseGet(() -> json.strings("input"));
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

    /** The client's rules for choosing providers, {@code provider{…}}, unread. */
    public Optional<JsonView> provider() {
        return json.object("provider");
    }

    /** Names the model only: inputs are not for logs. */
    @Override
    public String toString() {
        return "EmbeddingsRequest[" + model() + ']';
    }
}
