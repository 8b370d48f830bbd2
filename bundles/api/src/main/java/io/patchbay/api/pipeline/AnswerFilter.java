package io.patchbay.api.pipeline;

import io.patchbay.api.chat.ChatChunk;
import io.patchbay.api.chat.ChatCompletion;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Sees one answer before the client does. For one thread at a time; must not block. A whole answer comes as one
 * {@link #whole}; a stream as any number of {@link #chunks} and one {@link #rest}. A {@link
 * io.patchbay.api.failure.FailureException} from any of them ends the answer there; what the provider has counted until
 * then is charged.
 */
@ConsumerType
public interface AnswerFilter {
    /** A whole answer, as the client is to see it. */
    ChatCompletion whole(ChatCompletion completion);

    /** Pieces of a stream, as the client is to see them now; it may get some of it later. */
    List<ChatChunk> chunks(List<ChatChunk> chunks);

    /** What the client has not seen yet when the stream is complete. */
    List<ChatChunk> rest();
}
