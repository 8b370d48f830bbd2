package io.patchbay.dialect.anthropic;

import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.dialect.ChatExchanges;
import io.patchbay.api.dialect.Rehearsal;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.generation.Gateway;
import io.patchbay.api.http.HttpEndpoint;
import io.patchbay.api.http.HttpRequest;
import io.patchbay.api.http.HttpResponse;
import io.patchbay.api.idempotency.Idempotency;
import java.time.Duration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * {@code POST /v1/messages}, under {@code /api} too: <a
 * href="https://platform.claude.com/docs/en/api/messages">Anthropic's Messages</a>.
 */
@Component(
        service = HttpEndpoint.class,
        configurationPid = "io.patchbay.dialect.anthropic",
        property = {HttpEndpoint.ROUTES + "=POST /api/v1/messages", HttpEndpoint.ROUTES + "=POST /v1/messages"})
@Designate(ocd = MessagesEndpoint.Config.class)
public final class MessagesEndpoint implements HttpEndpoint {
    /** Settings of the dialect. */
    @ObjectClassDefinition(name = "Patchbay Anthropic dialect")
    @interface Config {
        @AttributeDefinition(
                description = "Milliseconds of silence in a stream after which a ping is sent",
                min = "100")
        long keep$_$alive$_$millis() default 15_000;
    }

    private final ChatExchanges exchanges;

    @Activate
    public MessagesEndpoint(@Reference Gateway gateway, @Reference Idempotency idempotency, Config config) {
        this.exchanges = new ChatExchanges(gateway, idempotency, Duration.ofMillis(config.keep$_$alive$_$millis()));
        Rehearsal.of(() -> new MessagesWriter(""));
    }

    @Override
    public void handle(HttpRequest http, HttpResponse response) {
        ChatRequest request;
        try {
            request = MessagesReader.read(http.body());
        } catch (FailureException invalid) {
            new MessagesError(invalid.failure(), http.id()).sendTo(response);
            return;
        }
        exchanges.answer(
                http,
                request,
                new MessagesWriter(http.id()),
                response,
                failure -> new MessagesError(failure, http.id()).sendTo(response));
    }

    @Deactivate
    void deactivate() {
        exchanges.close();
    }
}
