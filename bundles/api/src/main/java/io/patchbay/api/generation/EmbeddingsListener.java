package io.patchbay.api.generation;

import io.patchbay.api.embeddings.Embeddings;
import io.patchbay.api.failure.Failure;
import org.osgi.annotation.versioning.ConsumerType;

/** Hears of embeddings: exactly one of the two, once. Must not block. */
@ConsumerType
public interface EmbeddingsListener {
    /**
     * The vectors, one for each input, in their order and in the form that the request asks for.
     *
     * @param record its usage is always there
     */
    void embedded(Embeddings answer, GenerationRecord record);

    /** There is no answer. */
    void failed(Failure failure, GenerationRecord record);
}
