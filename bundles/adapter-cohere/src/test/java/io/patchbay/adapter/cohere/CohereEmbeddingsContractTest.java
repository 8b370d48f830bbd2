package io.patchbay.adapter.cohere;

import io.patchbay.api.adapter.EmbeddingsAdapter;
import io.patchbay.compatibility.EmbeddingsContract;
import io.patchbay.compatibility.Exchange;

/** Vectors, recorded. */
class CohereEmbeddingsContractTest implements EmbeddingsContract {
    @Override
    public EmbeddingsAdapter adapter() {
        return new CohereAdapter();
    }

    @Override
    public boolean speaks(Exchange exchange) {
        return exchange.api().equals("cohere_embed");
    }
}
