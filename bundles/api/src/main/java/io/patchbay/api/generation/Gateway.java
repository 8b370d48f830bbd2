package io.patchbay.api.generation;

import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.embeddings.EmbeddingsRequest;
import org.osgi.annotation.versioning.ProviderType;

/** Runs generations. */
@ProviderType
public interface Gateway {
    /**
     * Starts a generation. Does not block and does not throw: whatever happens, the listener hears of it.
     *
     * @param caller who asks
     * @param request checked by a dialect
     * @param listener hears the answer, called by one thread at a time
     */
    Generation generate(Caller caller, ChatRequest request, GenerationListener listener);

    /** Gets embeddings, in the same way: same checks, same fallbacks. */
    Generation embed(Caller caller, EmbeddingsRequest request, EmbeddingsListener listener);
}
