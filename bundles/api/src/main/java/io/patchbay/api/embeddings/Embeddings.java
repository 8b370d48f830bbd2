package io.patchbay.api.embeddings;

import io.patchbay.api.chat.Usage;
import io.patchbay.api.json.JsonView;
import java.util.List;
import java.util.Optional;

/** Embeddings in the canonical form: OpenAI's {@code {object: list, data, usage}}. Immutable. */
public final class Embeddings {
    private final JsonView json;

    private Embeddings(JsonView json) {
        this.json = json;
    }

    /** Views an answer. */
    public static Embeddings of(JsonView json) {
        return new Embeddings(json);
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
}
