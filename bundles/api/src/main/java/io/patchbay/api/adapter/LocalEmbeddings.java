package io.patchbay.api.adapter;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.embeddings.Embeddings;
import io.patchbay.api.embeddings.EmbeddingsRequest;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A model for embeddings inside this process, in the place of an {@link EmbeddingsAdapter}. A service with the property
 * {@link ChatAdapter#NAME}. Called by many threads at once; must not block.
 */
@ConsumerType
public interface LocalEmbeddings {
    /**
     * Computes the vectors, at once or later.
     *
     * @return completes with one vector for each input; or with a {@link io.patchbay.api.failure.FailureException}. Any
     *     other exception counts as a failure of the provider
     */
    CompletionStage<Embeddings> embed(EmbeddingsRequest request, Endpoint endpoint);
}
