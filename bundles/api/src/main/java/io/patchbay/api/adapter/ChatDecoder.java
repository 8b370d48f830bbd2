package io.patchbay.api.adapter;

import io.patchbay.api.chat.ChatEvent;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Turns the frames of one successful answer into events. Stateful, for one attempt and one thread at a time. What it
 * can't read is a {@link ChatEvent.Failed}, not an exception.
 */
@ConsumerType
public interface ChatDecoder {
    /** One frame has come. Emits any number of events, in order. */
    void decode(Frame frame, Consumer<? super ChatEvent> events);

    /**
     * The provider closed the answer in good order. Emits the last event if {@link #decode} has not: an answer that is
     * not complete by the rules of the format is {@link ChatEvent.Failed}.
     */
    void end(Consumer<? super ChatEvent> events);
}
