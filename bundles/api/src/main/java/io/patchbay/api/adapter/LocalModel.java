package io.patchbay.api.adapter;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.chat.ChatEvent;
import io.patchbay.api.chat.ChatRequest;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A model inside this process, in the place of a {@link ChatAdapter}. Register it as a service with the property
 * {@link ChatAdapter#NAME}. Its methods are called by many threads at once and must not block.
 */
@ConsumerType
public interface LocalModel {
    /** Begins an answer. The request's {@code stream} says whether to give chunks or one completion. */
    Answer answer(ChatRequest request, Endpoint endpoint);

    /** One answer under way, pulled event by event: whoever reads slowly holds the model back. */
    @ConsumerType
    interface Answer {
        /**
         * The next event, now or later. Not called again before the stage has completed, nor after the last event.
         * An exception counts as a failure of the provider.
         */
        CompletionStage<ChatEvent> next();

        /** Nobody wants the rest: stop working. May come at any time, from any thread, more than once. */
        void cancel();
    }
}
