package io.patchbay.dialect.openai;

import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.dialect.Callers;
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

    private final ChatExchanges exchanges;

    @Activate
    public ChatCompletionsEndpoint(@Reference Gateway gateway, @Reference Idempotency idempotency, Config config) {
        this.exchanges = new ChatExchanges(gateway, idempotency, Duration.ofMillis(config.keep$_$alive$_$millis()));
        Rehearsal.of(() -> new AnswerWriter(List.of(), true));
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
        exchanges.answer(
                httpRequest,
                request,
                new AnswerWriter(request.models(), Callers.wantsMetadata(httpRequest)),
                response,
                failure -> new ErrorAnswer(failure, request.models()).sendTo(response));
    }

    @Deactivate
    void deactivate() {
        exchanges.close();
    }
}
