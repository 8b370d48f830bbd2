package io.patchbay.console;

import io.patchbay.api.chat.ChatChunk;
import io.patchbay.api.chat.ChatCompletion;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.generation.GenerationHead;
import io.patchbay.api.generation.GenerationListener;
import io.patchbay.api.generation.GenerationRecord;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Hands an answer from the gateway's threads to the command's own: only what that one prints reaches the right console.
 * Holds one step at a time, since the provider is held back until a step has been printed.
 */
final class Progress implements GenerationListener {
    /** What has happened. */
    sealed interface Step {
        /** A piece of the answer; complete {@code printed} to get the next. */
        record Piece(String text, CompletableFuture<@Nullable Void> printed) implements Step {}

        /** The answer is complete. */
        record Done(GenerationRecord record) implements Step {}

        /** There is no answer, or no more of it. */
        record Failed(Failure failure, GenerationRecord record) implements Step {}
    }

    private final BlockingQueue<Step> steps = new LinkedBlockingQueue<>();

    /** The next step, when there is one. */
    Step next() throws InterruptedException {
        return steps.take();
    }

    @Override
    public CompletionStage<Void> chunks(GenerationHead head, List<ChatChunk> chunks) {
        var text = new StringBuilder();
        for (var chunk : chunks) {
            for (var choice : chunk.choices()) {
                choice.object("delta").flatMap(delta -> delta.string("content")).ifPresent(text::append);
            }
        }
        var printed = new CompletableFuture<@Nullable Void>();
        steps.add(new Step.Piece(text.toString(), printed));
        return printed;
    }

    @Override
    public void ended(GenerationRecord record) {
        steps.add(new Step.Done(record));
    }

    @Override
    public void completed(ChatCompletion completion, GenerationRecord record) {
        var text = new StringBuilder();
        for (var choice : completion.choices()) {
            choice.object("message")
                    .flatMap(message -> message.string("content"))
                    .ifPresent(text::append);
        }
        steps.add(new Step.Piece(text.toString(), new CompletableFuture<>()));
        steps.add(new Step.Done(record));
    }

    @Override
    public void failed(Failure failure, GenerationRecord record) {
        steps.add(new Step.Failed(failure, record));
    }
}
