package io.patchbay.api.http;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The answer to one request: either {@link #send} once, or {@link #start}, any number of {@link #write} and one
 * {@link #end} (or {@link #endBroken}, or {@link #abort}). For any thread, by one at a time. Calls after the client is gone do nothing.
 */
@ProviderType
public interface HttpResponse {
    /** Sends a whole answer. */
    void send(int status, Headers headers, byte[] body);

    /** Begins a streamed answer; nothing leaves before the first write. */
    void start(int status, Headers headers);

    /**
     * Sends a piece of a streamed answer at once. Not to be called again before the stage has completed: that is the
     * back-pressure.
     *
     * @param data the caller must not touch it until the stage has completed
     * @return completes when the piece is on its way, exceptionally when the client is gone
     */
    CompletionStage<Void> write(ByteBuffer data);

    /**
     * Ends a streamed answer as complete. Not to be called before the last write has completed.
     *
     * @param last the last piece, which may be empty
     */
    void end(ByteBuffer last);

    /**
     * Ends a streamed answer that tells of its own failure: it is all that there will be, but nothing to keep.
     *
     * @param last the last piece
     */
    default void endBroken(ByteBuffer last) {
        end(last);
    }

    /** Breaks the connection, so that the client can see that the answer is not complete. */
    void abort();

    /**
     * Calls back, once, when the client has gone before the end of its answer. At once if it is gone already. At most
     * one callback: a second call replaces the first.
     */
    void onClientGone(Runnable callback);
}
