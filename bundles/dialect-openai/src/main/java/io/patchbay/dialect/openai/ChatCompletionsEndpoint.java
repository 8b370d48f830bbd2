package io.patchbay.dialect.openai;

import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.generation.Caller;
import io.patchbay.api.generation.Gateway;
import io.patchbay.api.generation.Generation;
import io.patchbay.api.http.ErrorAnswer;
import io.patchbay.api.http.HttpEndpoint;
import io.patchbay.api.http.HttpRequest;
import io.patchbay.api.http.HttpResponse;
import io.patchbay.api.idempotency.Idempotency;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** {@code POST /api/v1/chat/completions} and {@code POST /v1/chat/completions}. */
@Component(
        service = HttpEndpoint.class,
        configurationPid = "io.patchbay.dialect.openai",
        property = {
            HttpEndpoint.ROUTES + "=POST /api/v1/chat/completions",
            HttpEndpoint.ROUTES + "=POST /v1/chat/completions"
        })
@Designate(ocd = ChatCompletionsEndpoint.Config.class)
public final class ChatCompletionsEndpoint implements HttpEndpoint {
    /** Settings of the dialect. */
    @ObjectClassDefinition(name = "Patchbay OpenAI dialect")
    @interface Config {
        @AttributeDefinition(
                description = "Milliseconds of silence in a stream after which a keep-alive comment is sent",
                min = "100")
        long keep$_$alive$_$millis() default 15_000;
    }

    private final Gateway gateway;
    private final Idempotency idempotency;
    private final Duration keepAlive;
    private final Map<StreamedAnswer, Generation> openStreams = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer;
    private final ScheduledFuture<?> keepAliveSweep;

    @Activate
    public ChatCompletionsEndpoint(@Reference Gateway gateway, @Reference Idempotency idempotency, Config config) {
        this(gateway, idempotency, Duration.ofMillis(config.keep$_$alive$_$millis()));
    }

    ChatCompletionsEndpoint(Gateway gateway, Idempotency idempotency, Duration keepAlive) {
        this.gateway = gateway;
        this.idempotency = idempotency;
        this.keepAlive = keepAlive;
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            var thread = new Thread(task, "patchbay-keep-alive");
            thread.setDaemon(true);
            return thread;
        });
        long period = Math.max(50, keepAlive.toMillis() / 4);
        this.keepAliveSweep =
                timer.scheduleWithFixedDelay(this::keepStreamsAlive, period, period, TimeUnit.MILLISECONDS);
    }

    @Override
    public void handle(HttpRequest httpRequest, HttpResponse response) {
        ChatRequest request;
        try {
            request = ChatRequestReader.read(httpRequest);
        } catch (FailureException invalid) {
            new ErrorAnswer(invalid.failure()).sendTo(response);
            return;
        }
        boolean withMetadata = Callers.wantsMetadata(httpRequest);
        idempotency.answer(
                httpRequest,
                response,
                failure -> new ErrorAnswer(failure, request.models()).sendTo(response),
                (once, id) -> answer(request, Callers.of(httpRequest, id), once, withMetadata));
    }

    private void answer(ChatRequest request, Caller caller, HttpResponse response, boolean withMetadata) {
        if (request.stream()) {
            stream(request, caller, response, withMetadata);
            return;
        }
        var answer = new WholeAnswer(response, request.models(), withMetadata);
        var generation = gateway.generate(caller, request, answer);
        response.onClientGone(generation::cancel);
    }

    private void stream(ChatRequest request, Caller caller, HttpResponse response, boolean withMetadata) {
        var answer = new StreamedAnswer(response, request.models(), withMetadata);
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

    @Deactivate
    void deactivate() {
        keepAliveSweep.cancel(false);
        timer.shutdown();
    }
}
