package io.patchbay.dialect.responses;

import com.google.gson.JsonObject;
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

/**
 * {@code POST /v1/responses}, under {@code /api} too: <a
 * href="https://platform.openai.com/docs/api-reference/responses/create">OpenAI's Responses</a>.
 */
@Component(
        service = HttpEndpoint.class,
        configurationPid = "io.patchbay.dialect.responses",
        property = {HttpEndpoint.ROUTES + "=POST /api/v1/responses", HttpEndpoint.ROUTES + "=POST /v1/responses"})
@Designate(ocd = ResponsesEndpoint.Config.class)
public final class ResponsesEndpoint implements HttpEndpoint {
    /** Settings of the dialect. */
    @ObjectClassDefinition(name = "Patchbay Responses dialect")
    @interface Config {
        @AttributeDefinition(
                description = "Milliseconds of silence in a stream after which a keep-alive comment is sent",
                min = "100")
        long keep$_$alive$_$millis() default 15_000;
    }

    private final ChatExchanges exchanges;

    @Activate
    public ResponsesEndpoint(@Reference Gateway gateway, @Reference Idempotency idempotency, Config config) {
        this.exchanges = new ChatExchanges(gateway, idempotency, Duration.ofMillis(config.keep$_$alive$_$millis()));
        Rehearsal.of(() -> new ResponsesWriter(new JsonObject(), List.of()));
    }

    @Override
    public void handle(HttpRequest http, HttpResponse response) {
        ResponsesReader.Read read;
        try {
            read = ResponsesReader.read(http.body());
        } catch (FailureException invalid) {
            new ErrorAnswer(invalid.failure()).sendTo(response);
            return;
        }
        var models = read.request().models();
        exchanges.answer(
                http,
                read.request(),
                new ResponsesWriter(read.asked(), models),
                response,
                failure -> new ErrorAnswer(failure, models).sendTo(response));
    }

    @Deactivate
    void deactivate() {
        exchanges.close();
    }
}
