package io.patchbay.api.dialect;

import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.generation.Caller;
import io.patchbay.api.generation.Gateway;
import io.patchbay.api.generation.Generation;
import io.patchbay.api.http.HttpRequest;
import io.patchbay.api.http.HttpResponse;
import io.patchbay.api.idempotency.Idempotency;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The course of a chat between a client and the gateway, whatever the format: a request that is sent twice is answered
 * once, silent streams are kept alive, and who leaves is not worked for. For any thread. Closing it ends nothing that is
 * under way.
 */
public final class ChatExchanges implements AutoCloseable {
    private final Gateway gateway;
    private final Idempotency idempotency;
    private final Duration keepAlive;
    private final Map<StreamedAnswer, Generation> openStreams = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer;

    /**
     * Begins without any.
     *
     * @param keepAlive after so long a silence a stream is kept alive
     */
    public ChatExchanges(Gateway gateway, Idempotency idempotency, Duration keepAlive) {
        this.gateway = gateway;
        this.idempotency = idempotency;
        this.keepAlive = keepAlive;
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            var thread = new Thread(task, "patchbay-keep-alive");
            thread.setDaemon(true);
            return thread;
        });
        long period = Math.max(50, keepAlive.toMillis() / 4);
        var unused = timer.scheduleWithFixedDelay(this::keepStreamsAlive, period, period, TimeUnit.MILLISECONDS);
    }

    /**
     * Answers a request.
     *
     * @param http as it came
     * @param request what it says
     * @param format in which it is answered
     * @param refuse answers what can't be answered, in that format
     */
    public void answer(
            HttpRequest http,
            ChatRequest request,
            AnswerFormat format,
            HttpResponse response,
            Consumer<Failure> refuse) {
        idempotency.answer(http, response, refuse, (once, id) -> answer(request, Callers.of(http, id), format, once));
    }

    private void answer(ChatRequest request, Caller caller, AnswerFormat format, HttpResponse response) {
        if (request.stream()) {
            stream(request, caller, format, response);
            return;
        }
        var generation = gateway.generate(caller, request, new WholeAnswer(response, format));
        response.onClientGone(generation::cancel);
    }

    private void stream(ChatRequest request, Caller caller, AnswerFormat format, HttpResponse response) {
        var answer = new StreamedAnswer(response, format);
        var generation = gateway.generate(caller, request, answer);
        openStreams.put(answer, generation);
        answer.onEnd(() -> openStreams.remove(answer));
        response.onClientGone(() -> {
            openStreams.remove(answer);
            generation.cancel();
        });
    }

    private void keepStreamsAlive() {
        openStreams.forEach((answer, generation) -> answer.keepAlive(generation.id(), keepAlive.toNanos()));
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
