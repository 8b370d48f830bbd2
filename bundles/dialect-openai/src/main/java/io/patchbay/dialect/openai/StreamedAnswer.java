package io.patchbay.dialect.openai;

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
import org.jspecify.annotations.Nullable;

/**
 * Streams an answer as server-sent events. The status is sent with the first chunk, so that a failure before it is an
 * ordinary HTTP error; only if the client has to wait long does a keep-alive comment commit the answer earlier.
 */
final class StreamedAnswer implements GenerationListener {
    private final HttpResponse response;
    private final List<String> requestedModels;
    private final boolean withMetadata;

    private boolean started;
    private boolean ended;
    private long lastWriteNanos = System.nanoTime();
    private CompletionStage<Void> lastWrite = CompletableFuture.completedStage(null);
    private @Nullable AnswerWriter writer;
    private @Nullable Runnable onEnd;

    StreamedAnswer(HttpResponse response, List<String> requestedModels, boolean withMetadata) {
        this.response = response;
        this.requestedModels = requestedModels;
        this.withMetadata = withMetadata;
    }

    /** Calls back once the answer has ended, at once if it has. */
    void onEnd(Runnable callback) {
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
        start(AnswerHeaders.of(head));
        return write(writer(head).chunks(chunks));
    }

    @Override
    public void ended(GenerationRecord record) {
        var last = writer(record).end(record, withMetadata);
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
                FailedAnswer.send(response, failure, requestedModels, record, withMetadata);
                end();
                return;
            }
        }
        var last = writer(record).failure(failure, record, withMetadata);
        finish(record, () -> response.endBroken(last));
    }

    /** Sends a comment if nothing has been sent for that long. */
    synchronized void keepAlive(String generationId, long quietNanos) {
        boolean busy = !lastWrite.toCompletableFuture().isDone();
        if (ended || busy || System.nanoTime() - lastWriteNanos < quietNanos) {
            return;
        }
        start(Headers.builder().add("X-Generation-Id", generationId));
        write(AnswerWriter.comment());
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
                known.add("Content-Type", "text/event-stream")
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

    private AnswerWriter writer(GenerationHead head) {
        var known = writer;
        if (known == null) {
            known = new AnswerWriter(head);
            writer = known;
        }
        return known;
    }

    private synchronized AnswerWriter writer(GenerationRecord record) {
        return writer(Heads.of(record));
    }
}
