package io.patchbay.api.dialect;

import io.patchbay.api.chat.ChatChunk;
import io.patchbay.api.chat.ChatCompletion;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.generation.GenerationHead;
import io.patchbay.api.generation.GenerationListener;
import io.patchbay.api.generation.GenerationRecord;
import io.patchbay.api.http.Headers;
import io.patchbay.api.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Streams an answer as server-sent events. The status is sent with the first chunk, so that a failure before it is an
 * ordinary HTTP error; only if the client has to wait long does a keep-alive comment commit the answer earlier.
 */
public final class StreamedAnswer implements GenerationListener {
    private final HttpResponse response;
    private final AnswerFormat format;

    private boolean started;
    private boolean ended;
    private long lastWriteNanos = System.nanoTime();
    private CompletionStage<Void> lastWrite = CompletableFuture.completedStage(null);
    private @Nullable Runnable onEnd;

    /** An answer that has not begun. */
    public StreamedAnswer(HttpResponse response, AnswerFormat format) {
        this.response = response;
        this.format = format;
    }

    /** Calls back once the answer has ended, at once if it has. */
    public void onEnd(Runnable callback) {
        synchronized (this) {
            if (!ended) {
                onEnd = callback;
                return;
            }
        }
        callback.run();
    }

    @Override
    public synchronized CompletionStage<Void> chunks(GenerationHead head, List<ChatChunk> chunks) {
        var events = format.chunks(head, chunks);
        if (!events.hasRemaining()) {
            return lastWrite;
        }
        start(AnswerHeaders.of(head));
        return write(events);
    }

    @Override
    public void ended(GenerationRecord record) {
        var last = last(() -> format.end(record));
        finish(record, () -> response.end(last));
    }

    @Override
    public void completed(ChatCompletion completion, GenerationRecord record) {
        throw new IllegalStateException("a whole answer to a streamed request");
    }

    @Override
    public void failed(Failure failure, GenerationRecord record) {
        synchronized (this) {
            if (!started) {
                started = true;
                format.failed(failure, record, response);
                end();
                return;
            }
        }
        var last = last(() -> format.broken(failure, record));
        finish(record, () -> response.endBroken(last));
    }

    /** Sends a comment if nothing has been sent for that long. */
    public synchronized void keepAlive(String generationId, long quietNanos) {
        boolean busy = !lastWrite.toCompletableFuture().isDone();
        if (ended || busy || System.nanoTime() - lastWriteNanos < quietNanos) {
            return;
        }
        start(Headers.builder().add("X-Generation-Id", generationId));
        write(format.keepAlive());
    }

    /** A format is for one thread at a time, and a keep-alive may be on its way. */
    private synchronized ByteBuffer last(Supplier<ByteBuffer> events) {
        return events.get();
    }

    private void finish(GenerationRecord record, Runnable endResponse) {
        synchronized (this) {
            start(AnswerHeaders.of(Heads.of(record)));
            end();
        }
        afterLastWrite().thenRun(endResponse);
    }

    private synchronized CompletionStage<Void> afterLastWrite() {
        return lastWrite;
    }

    private void end() {
        ended = true;
        if (onEnd != null) {
            onEnd.run();
        }
    }

    private void start(Headers.Builder known) {
        if (started) {
            return;
        }
        started = true;
        response.start(
                200,
                known.addAll(format.headers())
                        .add("Content-Type", "text/event-stream")
                        .add("Cache-Control", "no-cache")
                        .add("X-Accel-Buffering", "no")
                        .build());
    }

    /** Writes after what is being written, which can only be a keep-alive. */
    private synchronized CompletionStage<Void> write(ByteBuffer data) {
        lastWriteNanos = System.nanoTime();
        lastWrite = lastWrite.toCompletableFuture().isDone()
                ? response.write(data)
                : lastWrite.thenCompose(done -> response.write(data));
        return lastWrite;
    }
}
