package io.patchbay.api.embeddings;

import com.google.gson.JsonArray;
import io.patchbay.api.chat.Usage;
import io.patchbay.api.json.JsonAppender;
import io.patchbay.api.json.JsonKind;
import io.patchbay.api.json.JsonView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Embeddings in the canonical form: OpenAI's {@code {object: list, data, usage}}. Immutable. */
public final class Embeddings {
    private static final Set<String> OWN_MEMBERS = Set.of("object", "data");

    private final JsonView json;

    private Embeddings(JsonView json) {
        this.json = json;
    }

    /** Views an answer. */
    public static Embeddings of(JsonView json) {
        return new Embeddings(json);
    }

    /** Builds an answer from a provider's that has another form. */
    public static Builder builder() {
        return new Builder();
    }

    /** The answer itself. */
    public JsonView json() {
        return json;
    }

    /** The vectors as {@code {object: embedding, index, embedding}}, in the order of the inputs. */
    public List<JsonView> data() {
        return json.objects("data");
    }

    /** The token counts, if the provider gave any. */
    public Optional<Usage> usage() {
        return json.object("usage").map(Usage::of);
    }

    /**
     * This answer as the client wants it: one vector for each input, in their order, as numbers or as base64. What has
     * that form already is not touched.
     *
     * @throws io.patchbay.api.failure.FailureException MALFORMED_ANSWER if there is not one vector for each input, or
     *     one can't be read
     */
    public Embeddings answering(EmbeddingsRequest request) {
        var given = data();
        var ordered = inOrder(given, request.inputs());
        var wanted = request.wantsBase64() ? JsonKind.STRING : JsonKind.ARRAY;
        boolean asWanted = ordered.equals(given);
        for (var entry : ordered) {
            var kind = entry.kind("embedding").orElse(JsonKind.NULL);
            if (kind != JsonKind.STRING && kind != JsonKind.ARRAY || entry.length("embedding") == 2) {
                throw Vectors.malformed("The provider's answer lacks a vector.");
            }
            asWanted &= kind == wanted && entry.has("object") && entry.has("index");
        }
        return asWanted ? this : rewritten(ordered, wanted);
    }

    private static List<JsonView> inOrder(List<JsonView> given, int inputs) {
        if (given.size() != inputs) {
            throw Vectors.malformed("The provider gave " + given.size() + " vectors for " + inputs + " inputs.");
        }
        var ordered = new JsonView[inputs];
        for (int i = 0; i < inputs; i++) {
            long index = given.get(i).integer("index").orElse(i);
            if (index < 0 || index >= inputs || ordered[(int) index] != null) {
                throw Vectors.malformed("The provider's answer has not one vector for each input.");
            }
            ordered[(int) index] = given.get(i);
        }
        return Arrays.asList(ordered);
    }

    private Embeddings rewritten(List<JsonView> ordered, JsonKind wanted) {
        var out = new JsonAppender(json.length() + 64 * ordered.size()).raw("{\"object\":\"list\",\"data\":[");
        for (int i = 0; i < ordered.size(); i++) {
            begin(out, i);
            var entry = ordered.get(i);
            if (entry.kind("embedding").filter(kind -> kind == wanted).isPresent()) {
                out.value(entry, "embedding");
            } else if (wanted == JsonKind.ARRAY) {
                out.raw(Vectors.plain(Vectors.unpack(entry.string("embedding").orElse(""))));
            } else {
                var numbers =
                        entry.element("embedding").orElseGet(JsonArray::new).getAsJsonArray();
                out.raw(Vectors.packed(Vectors.floats(numbers)));
            }
            out.raw("}");
        }
        out.raw("]").membersExcept(json, OWN_MEMBERS).raw("}");
        return new Embeddings(JsonView.parse(out.toBytes()));
    }

    private static void begin(JsonAppender out, int index) {
        out.raw(index == 0 ? "" : ",").raw("{\"object\":\"embedding\",\"index\":" + index + ",\"embedding\":");
    }

    /** Names the number of vectors only: they tell of the text. */
    @Override
    public String toString() {
        return "Embeddings[" + json.elementKinds("data").size() + ']';
    }

    /** Builds {@link Embeddings}. For one thread. */
    public static final class Builder {
        private final List<String> vectors = new ArrayList<>();
        private long promptTokens;

        private Builder() {}

        /** The vector of the next input, its numbers kept as they are written. */
        public Builder vector(JsonArray numbers) {
            vectors.add(numbers.toString());
            return this;
        }

        /** The vector of the next input; its numbers must be finite. */
        public Builder vector(float[] numbers) {
            vectors.add(Vectors.plain(numbers));
            return this;
        }

        /** How many tokens the provider counted; 0 if it did not say. */
        public Builder promptTokens(long count) {
            promptTokens = count;
            return this;
        }

        /** The answer. */
        public Embeddings build() {
            int size = vectors.stream().mapToInt(String::length).sum();
            var out = new JsonAppender(size + 64 * vectors.size() + 128).raw("{\"object\":\"list\",\"data\":[");
            for (int i = 0; i < vectors.size(); i++) {
                begin(out, i);
                out.raw(vectors.get(i)).raw("}");
            }
            out.raw("]");
            if (promptTokens > 0) {
                out.raw(",\"usage\":{\"prompt_tokens\":" + promptTokens + ",\"total_tokens\":" + promptTokens + '}');
            }
            return new Embeddings(JsonView.parse(out.raw("}").toBytes()));
        }
    }
}
