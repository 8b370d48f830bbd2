package io.patchbay.dialect.openai;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.patchbay.api.catalog.Catalog;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Price;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.http.Headers;
import io.patchbay.api.http.HttpEndpoint;
import io.patchbay.api.http.HttpRequest;
import io.patchbay.api.http.HttpResponse;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * {@code GET /models} and {@code GET /models/{author}/{name}}: one answer that serves OpenAI's clients and
 * OpenRouter's. Needs no key.
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
        var name = wanted.substring(1);
        var endpoints = ModelId.tryParse(name).map(catalog::endpoints).orElseGet(List::of);
        if (endpoints.isEmpty()) {
            var failure = Failure.builder(
                            FailureKind.MODEL_NOT_FOUND, "No provider here serves the model " + name + '.')
                    .field("model")
                    .build();
            var error = new ErrorAnswer(failure, List.of(name));
            response.send(error.status(), error.headers(), error.bytes());
            return;
        }
        response.send(200, JSON, bytes(describe(endpoints)));
    }

    private JsonObject list() {
        Map<ModelId, List<Endpoint>> byModel = new LinkedHashMap<>();
        for (var endpoint : catalog.endpoints()) {
            byModel.computeIfAbsent(endpoint.model(), model -> new ArrayList<>())
                    .add(endpoint);
        }
        var data = new JsonArray();
        byModel.values().forEach(endpoints -> data.add(describe(endpoints)));
        var list = new JsonObject();
        list.addProperty("object", "list");
        list.add("data", data);
        return list;
    }

    /** A model as the best of its endpoints: the longest context, the lowest price, every parameter one of them takes. */
    private static JsonObject describe(List<Endpoint> endpoints) {
        var first = endpoints.get(0);
        var model = new JsonObject();
        model.addProperty("id", first.model().toString());
        model.addProperty("canonical_slug", first.model().toString());
        model.addProperty("object", "model");
        model.addProperty("name", first.modelDisplayName());
        model.addProperty("created", first.created());
        model.addProperty("owned_by", first.model().author());
        model.addProperty("description", first.description());
        model.add("context_length", longest(endpoints));
        model.add("architecture", architecture());
        model.add("pricing", pricing(endpoints));
        model.add("top_provider", topProvider(first));
        model.add("per_request_limits", JsonNull.INSTANCE);
        var parameters = new TreeSet<String>();
        endpoints.forEach(endpoint -> parameters.addAll(endpoint.supportedParameters()));
        model.add("supported_parameters", strings(parameters));
        return model;
    }

    private static JsonElement longest(List<Endpoint> endpoints) {
        return number(endpoints.stream()
                .map(Endpoint::contextLength)
                .filter(OptionalLong::isPresent)
                .mapToLong(OptionalLong::getAsLong)
                .max());
    }

    private static JsonObject architecture() {
        var architecture = new JsonObject();
        architecture.addProperty("modality", "text->text");
        architecture.add("input_modalities", strings(List.of("text")));
        architecture.add("output_modalities", strings(List.of("text")));
        architecture.addProperty("tokenizer", "Other");
        architecture.add("instruct_type", JsonNull.INSTANCE);
        return architecture;
    }

    /** Dollars per token as decimal strings; {@code -1} where nobody has told the price. */
    private static JsonObject pricing(List<Endpoint> endpoints) {
        var cheapest = endpoints.stream()
                .flatMap(endpoint -> endpoint.price().stream())
                .min((a, b) ->
                        a.prompt().add(a.completion()).compareTo(b.prompt().add(b.completion())));
        var pricing = new JsonObject();
        pricing.addProperty(
                "prompt", cheapest.map(Price::prompt).map(ModelsEndpoint::plain).orElse("-1"));
        pricing.addProperty(
                "completion",
                cheapest.map(Price::completion).map(ModelsEndpoint::plain).orElse("-1"));
        pricing.addProperty(
                "request",
                cheapest.map(Price::request).map(ModelsEndpoint::plain).orElse("-1"));
        return pricing;
    }

    private static JsonObject topProvider(Endpoint endpoint) {
        var top = new JsonObject();
        top.add("context_length", number(endpoint.contextLength()));
        top.add("max_completion_tokens", number(endpoint.maxCompletionTokens()));
        top.addProperty("is_moderated", false);
        return top;
    }

    private static JsonElement number(OptionalLong value) {
        return value.isPresent() ? new JsonPrimitive(value.getAsLong()) : JsonNull.INSTANCE;
    }

    private static String plain(BigDecimal dollars) {
        return dollars.signum() == 0 ? "0" : dollars.stripTrailingZeros().toPlainString();
    }

    private static JsonArray strings(Iterable<String> all) {
        var array = new JsonArray();
        all.forEach(array::add);
        return array;
    }

    private static byte[] bytes(JsonObject body) {
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }
}
