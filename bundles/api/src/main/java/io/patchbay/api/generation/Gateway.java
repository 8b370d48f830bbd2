package io.patchbay.api.generation;

import io.patchbay.api.chat.ChatRequest;
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
}
