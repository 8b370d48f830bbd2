package io.patchbay.dialect.openai;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.api.catalog.Catalog;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.http.ErrorAnswer;
import io.patchbay.api.http.Headers;
import io.patchbay.api.http.HttpEndpoint;
import io.patchbay.api.http.HttpRequest;
import io.patchbay.api.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * {@code GET /models}, {@code GET /models/{author}/{name}} and {@code GET /models/{author}/{name}/endpoints}: one
 * answer that serves OpenAI's clients and OpenRouter's. Needs no key.
 */
@Component(
        service = HttpEndpoint.class,
        property = {
            HttpEndpoint.ROUTES + "=GET /api/v1/models",
            HttpEndpoint.ROUTES + "=GET /v1/models",
            HttpEndpoint.ROUTES + "=GET /api/v1/models/*",
            HttpEndpoint.ROUTES + "=GET /v1/models/*"
        })
public final class ModelsEndpoint implements HttpEndpoint {
    private static final Headers JSON = Headers.of("Content-Type", "application/json");
    private static final String MODELS = "/models";
    private static final String ENDPOINTS = "/endpoints";

    private final Catalog catalog;

    @Activate
    public ModelsEndpoint(@Reference Catalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public void handle(HttpRequest request, HttpResponse response) {
        var path = request.path();
        var wanted = path.substring(path.indexOf(MODELS) + MODELS.length());
        if (wanted.isEmpty() || wanted.equals("/")) {
            response.send(200, JSON, bytes(list()));
            return;
        }
        boolean each = wanted.endsWith(ENDPOINTS);
        var name = wanted.substring(1, wanted.length() - (each ? ENDPOINTS.length() : 0));
        var known = ModelId.tryParse(name).map(catalog::endpoints).orElseGet(List::of);
        var offered = known.stream().filter(ModelsEndpoint::isOffered).toList();
        if (offered.isEmpty()) {
            var failure = known.isEmpty()
                    ? Failure.builder(FailureKind.MODEL_NOT_FOUND, "No provider here serves the model " + name + '.')
                            .field("model")
                            .build()
                    : Failure.of(FailureKind.NO_ENDPOINTS, "No price of the model " + name + " is known.");
            new ErrorAnswer(failure, List.of(name)).sendTo(response);
        } else if (each) {
            var body = new JsonObject();
            body.add("data", ModelDescription.withEndpoints(offered));
            response.send(200, JSON, bytes(body));
        } else {
            response.send(200, JSON, bytes(ModelDescription.model(offered)));
        }
    }

    /** What has no price gets no request: whoever picks a model out of the list has to be served. */
    private static boolean isOffered(Endpoint endpoint) {
        return endpoint.price().isPresent();
    }

    private JsonObject list() {
        Map<ModelId, List<Endpoint>> byModel = new LinkedHashMap<>();
        for (var endpoint : catalog.endpoints()) {
            if (isOffered(endpoint)) {
                byModel.computeIfAbsent(endpoint.model(), model -> new ArrayList<>())
                        .add(endpoint);
            }
        }
        var data = new JsonArray();
        byModel.values().forEach(endpoints -> data.add(ModelDescription.model(endpoints)));
        var list = new JsonObject();
        list.addProperty("object", "list");
        list.add("data", data);
        return list;
    }

    private static byte[] bytes(JsonObject body) {
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }
}
