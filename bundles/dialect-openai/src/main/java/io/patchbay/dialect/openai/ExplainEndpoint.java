package io.patchbay.dialect.openai;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.dialect.Callers;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.generation.Gateway;
import io.patchbay.api.http.ErrorAnswer;
import io.patchbay.api.http.Headers;
import io.patchbay.api.http.HttpEndpoint;
import io.patchbay.api.http.HttpRequest;
import io.patchbay.api.http.HttpResponse;
import io.patchbay.api.routing.Candidate;
import io.patchbay.api.routing.Exclusion;
import io.patchbay.api.routing.Route;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * {@code POST /api/v1/route/explain}: where the same body would go now, sent to {@code /chat/completions}, and why.
 * Nothing is sent to a provider. OpenRouter has nothing like it.
 */
@Component(
        service = HttpEndpoint.class,
        property = {HttpEndpoint.ROUTES + "=POST /api/v1/route/explain", HttpEndpoint.ROUTES + "=POST /v1/route/explain"
        })
public final class ExplainEndpoint implements HttpEndpoint {
    private static final Headers JSON = Headers.of("Content-Type", "application/json");

    private final Gateway gateway;

    @Activate
    public ExplainEndpoint(@Reference Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public void handle(HttpRequest httpRequest, HttpResponse response) {
        var models = List.<String>of();
        try {
            var request = ChatRequestReader.read(httpRequest);
            models = request.models();
            var route = gateway.explain(Callers.of(httpRequest, Optional.empty()), request);
            response.send(200, JSON, explained(request, route).toString().getBytes(StandardCharsets.UTF_8));
        } catch (FailureException refused) {
            new ErrorAnswer(refused.failure(), models).sendTo(response);
        }
    }

    private static JsonObject explained(ChatRequest request, Route route) {
        var requested = new JsonArray();
        request.models().forEach(requested::add);
        var data = new JsonObject();
        data.add("requested", requested);
        data.addProperty("strategy", route.strategy());
        var candidates = new JsonArray();
        route.candidates().forEach(candidate -> candidates.add(described(candidate)));
        data.add("candidates", candidates);
        var dropped = new JsonArray();
        route.dropped().forEach(excluded -> dropped.add(described(excluded)));
        data.add("dropped", dropped);
        var answer = new JsonObject();
        answer.add("data", data);
        return answer;
    }

    private static JsonObject described(Candidate candidate) {
        var described = RouterMetadata.describe(candidate.endpoint(), candidate.reason());
        described.addProperty("endpoint_id", candidate.endpoint().id());
        described.addProperty("score", candidate.score());
        return described;
    }

    private static JsonObject described(Exclusion excluded) {
        var described = RouterMetadata.describe(excluded);
        described.addProperty("endpoint_id", excluded.endpoint().id());
        return described;
    }
}
