package io.patchbay.gateway;

import io.patchbay.api.chat.ChatChunk;
import io.patchbay.api.chat.ChatCompletion;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.generation.GenerationHead;
import io.patchbay.api.generation.GenerationListener;
import io.patchbay.api.generation.GenerationRecord;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Hears an answer and keeps it. */
class RecordingListener implements GenerationListener {
    final List<String> texts = new CopyOnWriteArrayList<>();
    final CompletableFuture<GenerationRecord> end = new CompletableFuture<>();
    volatile GenerationHead head;
    volatile ChatCompletion completion;
    volatile Failure failure;
    /** What each call of chunks returns. */
    volatile CompletionStage<Void> taken = CompletableFuture.completedStage(null);

    @Override
    public CompletionStage<Void> chunks(GenerationHead from, List<ChatChunk> chunks) {
        head = from;
        chunks.forEach(chunk -> texts.add(chunk.choices()
                .get(0)
                .object("delta")
                .flatMap(delta -> delta.string("content"))
                .orElse("")));
        return taken;
    }

    @Override
    public void ended(GenerationRecord record) {
        end.complete(record);
    }

    @Override
    public void completed(ChatCompletion whole, GenerationRecord record) {
        completion = whole;
        end.complete(record);
    }

    @Override
    public void failed(Failure reported, GenerationRecord record) {
        failure = reported;
        end.complete(record);
    }

    boolean isOver() {
        return end.isDone();
    }

    /** The text of the whole answer that was heard. */
    String content() {
        return completion
                .choices()
                .get(0)
                .object("message")
                .flatMap(message -> message.string("content"))
                .orElseThrow();
    }

    GenerationRecord await() {
        try {
            return end.get(10, TimeUnit.SECONDS);
        } catch (Exception timeout) {
            throw new AssertionError("the generation has not ended", timeout);
        }
    }
}
