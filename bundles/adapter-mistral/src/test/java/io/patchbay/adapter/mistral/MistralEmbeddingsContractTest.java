package io.patchbay.adapter.mistral;

import com.google.gson.JsonObject;
import io.patchbay.api.adapter.EmbeddingsAdapter;
import io.patchbay.compatibility.EmbeddingsContract;
import io.patchbay.compatibility.Exchange;
import java.util.Map;
import java.util.Optional;

/** Vectors, recorded. */
class MistralEmbeddingsContractTest implements EmbeddingsContract {
    @Override
    public EmbeddingsAdapter adapter() {
        return new MistralAdapter();
    }

    @Override
    public boolean speaks(Exchange exchange) {
        return exchange.api().equals("embeddings") && exchange.provider().equals("mistral");
    }

    /** The format is OpenAI's: what was sent is canonical. */
    @Override
    public Optional<JsonObject> request(Exchange exchange) {
        return exchange.canonicalRequest().or(exchange::sentBody);
    }

    @Override
    public Map<String, String> writtenOtherwise(Exchange exchange) {
        return Map.of("encoding_format", "the kit asks in one form and in the other");
    }
}
