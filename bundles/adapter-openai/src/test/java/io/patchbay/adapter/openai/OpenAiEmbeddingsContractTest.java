package io.patchbay.adapter.openai;

import com.google.gson.JsonObject;
import io.patchbay.api.adapter.EmbeddingsAdapter;
import io.patchbay.api.catalog.Provider;
import io.patchbay.compatibility.EmbeddingsContract;
import io.patchbay.compatibility.Exchange;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Vectors, recorded. */
class OpenAiEmbeddingsContractTest implements EmbeddingsContract {
    @Override
    public EmbeddingsAdapter adapter() {
        return new OpenAiAdapter();
    }

    @Override
    public boolean speaks(Exchange exchange) {
        return exchange.api().equals("embeddings")
                && !Set.of("azure_openai", "mistral").contains(exchange.provider());
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

    /** Perplexity gives bytes, as its provider file says. */
    @Override
    public Provider provider(Exchange exchange, URI server) {
        var provider = Provider.builder("recorded", "openai").baseUrl(server);
        return exchange.provider().equals("perplexity")
                ? provider.options(Map.of("embeddings-format", "base64_int8")).build()
                : provider.build();
    }
}
