package io.patchbay.api.generation;

import io.patchbay.api.chat.ChatChunk;
import io.patchbay.api.chat.ChatCompletion;
import io.patchbay.api.failure.Failure;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hears a generation's answer. A streamed one: {@link #chunks} any number of times, then {@link #ended}. A whole one:
 * {@link #completed}. Either may be {@link #failed} instead, before or after the first chunk. Must not block.
 */
@ConsumerType
public interface GenerationListener {
    /**
     * Pieces of a streamed answer, never empty. What a chunk says of usage is not for the client: it comes once, in the
     * record.
     *
     * @param head who answers: the same with each call
     * @return completes when the client has taken them: until then nothing more is read from the provider
     */
    CompletionStage<Void> chunks(GenerationHead head, List<ChatChunk> chunks);

    /** A streamed answer is complete. */
    void ended(GenerationRecord record);

    /** The whole answer. */
    void completed(ChatCompletion completion, GenerationRecord record);

    /** There is no answer, or no more of it. */
    void failed(Failure failure, GenerationRecord record);
}
