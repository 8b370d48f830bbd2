package io.patchbay.gateway;

import io.patchbay.api.adapter.LocalModel;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.chat.ChatChunk;
import io.patchbay.api.chat.ChatCompletion;
import io.patchbay.api.chat.ChatEvent;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.json.JsonView;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntSupplier;

/** A model that says what a test wants, per endpoint. */
final class ScriptedModel implements LocalModel {
    private final Function<Endpoint, List<CompletionStage<ChatEvent>>> script;
    final List<Endpoint> asked = new ArrayList<>();
    final List<ChatRequest> requests = new ArrayList<>();
    volatile boolean cancelled;
    private int cancels;

    private ScriptedModel(Function<Endpoint, List<CompletionStage<ChatEvent>>> script) {
        this.script = script;
    }

    /** Gives these events at once. */
    static ScriptedModel saying(Function<Endpoint, List<ChatEvent>> events) {
        return later(endpoint -> events.apply(endpoint).stream()
                .<CompletionStage<ChatEvent>>map(CompletableFuture::completedFuture)
                .toList());
    }

    /** Gives these events when the test completes them. */
    static ScriptedModel later(Function<Endpoint, List<CompletionStage<ChatEvent>>> script) {
        return new ScriptedModel(script);
    }

    static ChatEvent chunk(String text) {
        return ChatChunk.of(JsonView.parse(
                "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"},\"finish_reason\":null}]}"));
    }

    static ChatEvent lastChunk() {
        return ChatChunk.of(JsonView.parse("{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],"
                + "\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":2,\"total_tokens\":7}}"));
    }

    static ChatEvent usage(int promptTokens, int completionTokens) {
        return ChatChunk.of(JsonView.parse("{\"choices\":[],\"usage\":{\"prompt_tokens\":" + promptTokens
                + ",\"completion_tokens\":" + completionTokens + "}}"));
    }

    static ChatEvent end() {
        return ChatEvent.End.INSTANCE;
    }

    static ChatEvent completion(String text) {
        return ChatCompletion.of(JsonView.parse("{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                + "\"content\":\"" + text + "\"},\"finish_reason\":\"stop\"}]}"));
    }

    static ChatEvent failed(FailureKind kind) {
        return new ChatEvent.Failed(Failure.of(kind, "it failed"));
    }

    /** Waits until so many endpoints have been asked. */
    void awaitAsked(int endpoints) throws InterruptedException {
        await(endpoints, asked::size, "asked");
    }

    /** Waits until so many answers have been cancelled. */
    void awaitCancelled(int answers) throws InterruptedException {
        await(answers, () -> cancels, "cancelled");
    }

    private synchronized void await(int wanted, IntSupplier count, String what) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (count.getAsInt() < wanted && System.nanoTime() < end) {
            wait(100);
        }
        if (count.getAsInt() != wanted) {
            throw new AssertionError(count.getAsInt() + " were " + what + ", not " + wanted);
        }
    }

    private synchronized void countCancelled() {
        cancels++;
        notifyAll();
    }

    @Override
    public synchronized Answer answer(ChatRequest request, Endpoint endpoint) {
        asked.add(endpoint);
        notifyAll();
        requests.add(request);
        Queue<CompletionStage<ChatEvent>> rest = new ArrayDeque<>(script.apply(endpoint));
        return new Answer() {
            @Override
            public CompletionStage<ChatEvent> next() {
                return rest.remove();
            }

            @Override
            public void cancel() {
                cancelled = true;
                countCancelled();
            }
        };
    }
}
