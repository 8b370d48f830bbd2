package io.patchbay.gateway;

import io.patchbay.api.adapter.LocalModel;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.chat.ChatChunk;
import io.patchbay.api.chat.ChatEvent;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A try at a model in this process: pulls its events as fast as the client takes them. */
final class LocalAttempt implements RunningAttempt {
    private static final Logger log = LoggerFactory.getLogger(LocalAttempt.class);
    /** So many events of a model that never pauses are sent as one piece. */
    private static final int BATCH = 64;

    private final GenerationRun run;
    private final ChatRequest request;
    private final Endpoint endpoint;
    private final LocalModel model;
    private final Lease<Upstream> lease;

    private volatile LocalModel.@Nullable Answer answer;
    private volatile boolean cancelled;

    LocalAttempt(GenerationRun run, ChatRequest request, Endpoint endpoint, LocalModel model, Lease<Upstream> lease) {
        this.run = run;
        this.request = request;
        this.endpoint = endpoint;
        this.model = model;
        this.lease = lease;
    }

    @Override
    public void start() {
        try {
            var begun = model.answer(request, endpoint);
            answer = begun;
            pull(begun);
        } catch (RuntimeException | Error defect) {
            deliver(List.of(defect(defect)));
        }
        if (cancelled) {
            cancel();
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
        lease.close();
        var underWay = answer;
        if (underWay != null) {
            underWay.cancel();
        }
    }

    /** Takes events until one is not there yet or the client has to catch up; goes on from there when it is. */
    private void pull(LocalModel.Answer from) {
        var batch = new ArrayList<ChatEvent>();
        while (!cancelled) {
            var next = from.next();
            if (!isDone(next)) {
                deliver(batch)
                        .whenComplete((taken, gone) -> next.whenComplete((event, error) -> {
                            if (gone == null) {
                                resume(from, event, error);
                            }
                        }));
                return;
            }
            var event = eventOf(next);
            batch.add(event);
            if (!(event instanceof ChatChunk)) {
                deliver(batch);
                return;
            }
            if (batch.size() == BATCH) {
                var taken = deliver(batch);
                batch = new ArrayList<>();
                if (!isDone(taken)) {
                    taken.thenRun(() -> pull(from));
                    return;
                }
            }
        }
    }

    private void resume(LocalModel.Answer from, @Nullable ChatEvent event, @Nullable Throwable error) {
        var came = event == null ? defect(error) : event;
        var taken = deliver(List.of(came));
        if (came instanceof ChatChunk) {
            taken.thenRun(() -> pull(from));
        }
    }

    private static boolean isDone(CompletionStage<?> stage) {
        return stage.toCompletableFuture().isDone();
    }

    private ChatEvent eventOf(CompletionStage<ChatEvent> done) {
        try {
            return done.toCompletableFuture().join();
        } catch (RuntimeException | Error defect) {
            return defect(defect);
        }
    }

    private CompletionStage<Void> deliver(List<ChatEvent> events) {
        if (events.isEmpty()) {
            return CompletableFuture.completedStage(null);
        }
        if (!(events.get(events.size() - 1) instanceof ChatChunk)) {
            lease.close();
        }
        return run.received(this, List.copyOf(events));
    }

    private ChatEvent defect(@Nullable Throwable defect) {
        if (!cancelled) {
            log.warn("Model {} failed", endpoint, defect);
        }
        return new ChatEvent.Failed(Failure.of(FailureKind.UPSTREAM_ERROR, "The model failed to answer."));
    }
}
