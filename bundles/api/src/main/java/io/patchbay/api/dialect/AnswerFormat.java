package io.patchbay.api.dialect;

import io.patchbay.api.chat.ChatChunk;
import io.patchbay.api.chat.ChatCompletion;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.generation.GenerationHead;
import io.patchbay.api.generation.GenerationRecord;
import io.patchbay.api.http.Headers;
import io.patchbay.api.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Writes the answer to one request in the format of a dialect. For one thread at a time. A bundle may be replaced while an
 * answer is being written: whatever class an implementation needs for that should be there once it has been made.
 */
@ConsumerType
public interface AnswerFormat {
    /** Headers of its own, beside those that every answer has. */
    default Headers headers() {
        return Headers.none();
    }

    /** A whole answer: a JSON body. */
    byte[] whole(ChatCompletion completion, GenerationRecord record);

    /** Sends a failure as the whole of an answer, with its status. */
    void failed(Failure failure, GenerationRecord record, HttpResponse response);

    /** Pieces of a stream, as server-sent events. May be empty. */
    ByteBuffer chunks(GenerationHead head, List<ChatChunk> chunks);

    /** What ends a complete stream. */
    ByteBuffer end(GenerationRecord record);

    /** What ends a broken stream: an error that no client can take for a normal end. */
    ByteBuffer broken(Failure failure, GenerationRecord record);

    /**
     * What keeps a silent stream open and means nothing, even before its first piece. If not said otherwise, the comment
     * that OpenRouter sends, by another name.
     */
    default ByteBuffer keepAlive() {
        return ByteBuffer.wrap(": PATCHBAY PROCESSING\n\n".getBytes(StandardCharsets.US_ASCII));
    }
}
