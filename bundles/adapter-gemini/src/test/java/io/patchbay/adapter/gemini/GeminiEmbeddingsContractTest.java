package io.patchbay.adapter.gemini;

import io.patchbay.api.adapter.EmbeddingsAdapter;
import io.patchbay.api.catalog.Provider;
import io.patchbay.compatibility.EmbeddingsContract;
import io.patchbay.compatibility.Exchange;
import java.net.URI;
import java.util.Map;

/** Vectors, recorded. */
class GeminiEmbeddingsContractTest implements EmbeddingsContract {
    @Override
    public EmbeddingsAdapter adapter() {
        return new GeminiEmbeddings();
    }

    @Override
    public boolean speaks(Exchange exchange) {
        return exchange.api().equals("gemini_embed");
    }

    @Override
    public Provider provider(Exchange exchange, URI server) {
        return Provider.builder("recorded", "recorded")
                .baseUrl(server)
                .options(Map.of("vertex", String.valueOf(exchange.provider().equals("vertex"))))
                .build();
    }

    @Override
    public Map<String, String> unsupported() {
        return Map.of("gemini-embeddings-sync-047bf9d9", "asked for a single text; Patchbay asks for a list always");
    }
}
