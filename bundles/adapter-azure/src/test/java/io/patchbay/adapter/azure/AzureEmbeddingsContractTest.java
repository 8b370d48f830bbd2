package io.patchbay.adapter.azure;

import com.google.gson.JsonObject;
import io.patchbay.api.adapter.EmbeddingsAdapter;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.Provider;
import io.patchbay.compatibility.EmbeddingsContract;
import io.patchbay.compatibility.Exchange;
import java.util.Map;
import java.util.Optional;

/** Vectors, recorded. */
class AzureEmbeddingsContractTest implements EmbeddingsContract {
    @Override
    public EmbeddingsAdapter adapter() {
        return new AzureAdapter();
    }

    @Override
    public boolean speaks(Exchange exchange) {
        return exchange.api().equals("embeddings") && exchange.provider().equals("azure_openai");
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

    @Override
    public JsonObject plainly(JsonObject body) {
        body.remove("model"); // the path names the deployment
        return body;
    }

    @Override
    public Endpoint endpoint(Exchange exchange, Provider provider) {
        return AzureContractTest.deployment(exchange, provider);
    }
}
