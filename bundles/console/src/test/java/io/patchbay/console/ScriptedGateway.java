package io.patchbay.console;

import static java.util.Objects.requireNonNull;

import com.google.gson.Gson;
import io.patchbay.api.chat.ChatChunk;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.chat.ModelRequest;
import io.patchbay.api.chat.Usage;
import io.patchbay.api.embeddings.EmbeddingsRequest;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.generation.Attempt;
import io.patchbay.api.generation.Caller;
import io.patchbay.api.generation.EmbeddingsListener;
import io.patchbay.api.generation.Gateway;
import io.patchbay.api.generation.Generation;
import io.patchbay.api.generation.GenerationHead;
import io.patchbay.api.generation.GenerationListener;
import io.patchbay.api.generation.GenerationRecord;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.routing.Route;
import io.patchbay.api.tasks.TaskListener;
import io.patchbay.api.tasks.TaskRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;

/** Answers as the test says, from the test's thread. */
final class ScriptedGateway implements Gateway {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    final CountDownLatch asked = new CountDownLatch(1);
    final CountDownLatch cancelled = new CountDownLatch(1);
    volatile Caller caller;
    volatile ChatRequest request;
    private volatile GenerationListener listener;

    @Override
    public Generation perform(Caller caller, TaskRequest request, TaskListener listener) {
        throw new UnsupportedOperationException("no tasks in this test");
    }

    @Override
    public Route explain(Caller caller, ModelRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Generation generate(Caller caller, ChatRequest request, GenerationListener listener) {
        this.caller = caller;
        this.request = request;
        this.listener = listener;
        asked.countDown();
        return new Generation() {
            @Override
            public String id() {
                return "gen-1";
            }

            @Override
            public void cancel() {
                cancelled.countDown();
            }
        };
    }

    @Override
    public Generation embed(Caller from, EmbeddingsRequest wanted, EmbeddingsListener heard) {
        throw new UnsupportedOperationException();
    }

    CompletionStage<Void> say(String text) {
        var chunk = "{\"choices\":[{\"index\":0,\"delta\":{\"content\":" + new Gson().toJson(text) + "}}]}";
        return requireNonNull(listener)
                .chunks(
                        new GenerationHead(
                                "gen-1", NOW, "acme/big", "Acme AI", new GenerationHead.Way("acme", 1, Duration.ZERO)),
                        List.of(ChatChunk.of(JsonView.parse(chunk))));
    }

    void end(String finishReason, Attempt... attempts) {
        requireNonNull(listener)
                .ended(record(attempts)
                        .usage(Usage.of(JsonView.parse("{\"prompt_tokens\":12,\"completion_tokens\":34}")))
                        .finishReason(finishReason)
                        .build());
    }

    void fail(Failure failure, Attempt... attempts) {
        requireNonNull(listener).failed(failure, record(attempts).build());
    }

    private static GenerationRecord.Builder record(Attempt... attempts) {
        return GenerationRecord.builder("gen-1", NOW)
                .requestedModel("acme/big")
                .attempts(List.of(attempts))
                .timeToFirstToken(Duration.ofMillis(85))
                .total(Duration.ofMillis(1_234));
    }
}
