package io.patchbay.dialect.anthropic;

import com.google.gson.JsonObject;
import io.patchbay.api.access.Access;
import io.patchbay.api.dialect.Callers;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.http.Headers;
import io.patchbay.api.http.HttpEndpoint;
import io.patchbay.api.http.HttpRequest;
import io.patchbay.api.http.HttpResponse;
import io.patchbay.api.tokens.PromptLength;
import io.patchbay.api.tokens.TokenCounter;
import java.nio.charset.StandardCharsets;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * {@code POST /v1/messages/count_tokens}: how long a prompt is, about. It is counted here, with one vocabulary for all
 * models, and nobody is asked.
 */
@Component(
        service = HttpEndpoint.class,
        property = {
            HttpEndpoint.ROUTES + "=POST /api/v1/messages/count_tokens",
            HttpEndpoint.ROUTES + "=POST /v1/messages/count_tokens"
        })
public final class CountTokensEndpoint implements HttpEndpoint {
    private static final Headers JSON = Headers.of("Content-Type", "application/json");

    private final Access access;
    private final TokenCounter counter;

    @Activate
    public CountTokensEndpoint(@Reference Access access, @Reference TokenCounter counter) {
        this.access = access;
        this.counter = counter;
    }

    @Override
    public void handle(HttpRequest http, HttpResponse response) {
        try {
            var unused = Callers.key(http, access);
            var answer = new JsonObject();
            answer.addProperty("input_tokens", PromptLength.count(MessagesReader.read(http.body()), counter));
            response.send(200, JSON, answer.toString().getBytes(StandardCharsets.UTF_8));
        } catch (FailureException failure) {
            new MessagesError(failure.failure(), http.id()).sendTo(response);
        }
    }
}
