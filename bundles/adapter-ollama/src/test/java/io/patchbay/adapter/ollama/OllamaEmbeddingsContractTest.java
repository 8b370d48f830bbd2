package io.patchbay.adapter.ollama;

import io.patchbay.api.adapter.EmbeddingsAdapter;
import io.patchbay.compatibility.EmbeddingsContract;
import io.patchbay.compatibility.Exchange;

/** Vectors, recorded. */
class OllamaEmbeddingsContractTest implements EmbeddingsContract {
    @Override
    public EmbeddingsAdapter adapter() {
        return new OllamaAdapter();
    }

    @Override
    public boolean speaks(Exchange exchange) {
        return exchange.api().equals("ollama_embed");
    }
}
