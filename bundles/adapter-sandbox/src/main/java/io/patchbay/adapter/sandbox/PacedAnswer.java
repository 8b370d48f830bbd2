package io.patchbay.adapter.sandbox;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.patchbay.api.adapter.LocalModel.Answer;
import io.patchbay.api.chat.ChatEvent;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;

/** Gives out the steps of an answer, each in its time. A step without delay is there at once and costs no thread. */
final class PacedAnswer implements Answer {
    private final Iterator<Step> steps;
    private final ScheduledExecutorService timer;
    private volatile CompletableFuture<ChatEvent> pending = new CompletableFuture<>();
    private volatile Future<?> alarm = pending;
    private volatile boolean cancelled;

    PacedAnswer(Iterator<Step> steps, ScheduledExecutorService timer) {
        this.steps = steps;
        this.timer = timer;
    }

    @Override
    public CompletionStage<ChatEvent> next() {
        var step = steps.next();
        var stage = step.delayMillis() == 0 ? CompletableFuture.completedFuture(step.event()) : later(step);
        pending = stage;
        // Whoever cancelled before the line above has missed this stage.
        if (cancelled) {
            cancel();
        }
        return stage;
    }

    @Override
    public void cancel() {
        cancelled = true;
        alarm.cancel(false);
        pending.cancel(false);
    }

    private CompletableFuture<ChatEvent> later(Step step) {
        var stage = new CompletableFuture<ChatEvent>();
        try {
            alarm = timer.schedule(() -> stage.complete(step.event()), step.delayMillis(), MILLISECONDS);
            return stage;
        } catch (RejectedExecutionException stopped) {
            return CompletableFuture.completedFuture(
                    new ChatEvent.Failed(Failure.of(FailureKind.CUT_OFF, "The sandbox was stopped; try again.")));
        }
    }
}
