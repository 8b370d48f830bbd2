package io.patchbay.dialect.openai;

import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.dialect.ChatExchanges;
import io.patchbay.api.dialect.Rehearsal;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.generation.Gateway;
import io.patchbay.api.http.ErrorAnswer;
import io.patchbay.api.http.HttpEndpoint;
import io.patchbay.api.http.HttpRequest;
import io.patchbay.api.http.HttpResponse;
import io.patchbay.api.idempotency.Idempotency;
import java.time.Duration;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * {@code POST /v1/completions}, under {@code /api} too: a prompt and what follows it, as OpenAI had it before chats. Any
 * model is asked in a chat.
 */
@Component(
        service = HttpEndpoint.class,
        configurationPid = "io.patchbay.dialect.openai",
        property = {HttpEndpoint.ROUTES + "=POST /api/v1/completions", HttpEndpoint.ROUTES + "=POST /v1/completions"})
public final class CompletionsEndpoint implements HttpEndpoint {
    private final ChatExchanges exchanges;

    @Activate
    public CompletionsEndpoint(
            @Reference Gateway gateway, @Reference Idempotency idempotency, ChatCompletionsEndpoint.Config config) {
        this.exchanges = new ChatExchanges(gateway, idempotency, Duration.ofMillis(config.keep$_$alive$_$millis()));
        Rehearsal.of(() -> new CompletionsWriter(List.of(), ""));
    }

    @Override
    public void handle(HttpRequest http, HttpResponse response) {
        CompletionsReader.Read read;
        try {
            read = CompletionsReader.read(http.body());
        } catch (FailureException invalid) {
            new ErrorAnswer(invalid.failure()).sendTo(response);
            return;
        }
        ChatRequest request = read.request();
        exchanges.answer(
                http,
                request,
                new CompletionsWriter(request.models(), read.echo()),
                response,
                failure -> new ErrorAnswer(failure, request.models()).sendTo(response));
    }

    @Deactivate
    void deactivate() {
        exchanges.close();
    }
}
