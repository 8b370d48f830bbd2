package io.patchbay.adapter.bedrock;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.embeddings.EmbeddingsRequest;
import io.patchbay.api.failure.Failure;
import java.util.List;

/**
 * How a maker's models are asked for embeddings. It is told by the name at Bedrock, or by the client's name for it, like
 * {@link ModelRules}. Source: Amazon's user guides of Bedrock and of Nova, "Inference request parameters".
 */
interface EmbeddingsFormat {
    /** The body of a request. */
    JsonObject body(EmbeddingsRequest request);

    /** The vectors in the body of an answer, in order. */
    List<JsonArray> vectors(JsonObject answer);

    /** Fields that the body leaves out. */
    default List<String> dropped(EmbeddingsRequest request) {
        return List.of();
    }

    static EmbeddingsFormat of(Endpoint endpoint) {
        var name = endpoint.upstreamModel() + ' ' + endpoint.model();
        if (name.contains("titan-embed-image")) {
            return new TitanEmbeddings(true, true);
        }
        if (name.contains("titan-embed")) {
            return new TitanEmbeddings(false, name.contains("-text-v2"));
        }
        if (name.contains("nova-") && name.contains("embed")) {
            return new NovaEmbeddings();
        }
        if (name.contains("cohere") && name.contains("embed")) {
            return new CohereEmbeddings();
        }
        throw Failure.invalid("model", "This model gives no embeddings at this provider.")
                .toException();
    }
}
