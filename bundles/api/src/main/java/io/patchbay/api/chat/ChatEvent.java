package io.patchbay.api.chat;

import io.patchbay.api.failure.Failure;

/**
 * What happens while a provider answers. A streamed answer is any number of {@link ChatChunk}s and then {@link End} or
 * {@link Failed}; a whole answer is one {@link ChatCompletion} or {@link Failed}. Nothing follows the last event.
 */
public sealed interface ChatEvent permits ChatChunk, ChatCompletion, ChatEvent.End, ChatEvent.Failed {
    /** The stream is complete: the provider said so. */
    record End() implements ChatEvent {
        /** The only value there is. */
        public static final End INSTANCE = new End();
    }

    /** The answer can't be completed. */
    record Failed(Failure failure) implements ChatEvent {}
}
