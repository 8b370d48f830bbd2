package io.patchbay.gateway;

import io.patchbay.api.embeddings.Embeddings;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.generation.EmbeddingsListener;
import io.patchbay.api.generation.GenerationRecord;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Hears of embeddings and keeps them. */
final class RecordedEmbeddings implements EmbeddingsListener {
    final CompletableFuture<GenerationRecord> end = new CompletableFuture<>();
    volatile Embeddings answer;
    volatile Failure failure;

    @Override
    public void embedded(Embeddings given, GenerationRecord record) {
        answer = given;
        end.complete(record);
    }

    @Override
    public void failed(Failure reported, GenerationRecord record) {
        failure = reported;
        end.complete(record);
    }

    GenerationRecord await() {
        try {
            return end.get(10, TimeUnit.SECONDS);
        } catch (Exception timeout) {
            throw new AssertionError("nothing was heard", timeout);
        }
    }
}
