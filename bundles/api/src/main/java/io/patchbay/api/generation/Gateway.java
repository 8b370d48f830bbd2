package io.patchbay.api.generation;

import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.chat.ModelRequest;
import io.patchbay.api.embeddings.EmbeddingsRequest;
import io.patchbay.api.routing.Route;
import io.patchbay.api.tasks.TaskListener;
import io.patchbay.api.tasks.TaskRequest;
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

    /** Does a task, in the same way. */
    Generation perform(Caller caller, TaskRequest request, TaskListener listener);

    /**
     * Says where a request would go now, and why: plans, and does nothing else. Nothing is sent, held, charged or counted.
     *
     * @throws io.patchbay.api.failure.FailureException what the request would be refused with before it is planned;
     *     UNAVAILABLE while a part of the gateway is being replaced
     */
    Route explain(Caller caller, ModelRequest request);
}
