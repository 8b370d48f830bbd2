package io.patchbay.adapter.bedrock;

import io.patchbay.api.adapter.EmbeddingsAdapter;
import io.patchbay.compatibility.EmbeddingsContract;
import io.patchbay.compatibility.Exchange;

/** Vectors, recorded. */
class BedrockEmbeddingsContractTest implements EmbeddingsContract {
    @Override
    public EmbeddingsAdapter adapter() {
        return new BedrockAdapter();
    }

    @Override
    public boolean speaks(Exchange exchange) {
        return exchange.api().equals("bedrock_embed");
    }
}
