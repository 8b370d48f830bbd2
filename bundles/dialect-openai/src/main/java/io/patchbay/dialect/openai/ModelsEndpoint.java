package io.patchbay.dialect.openai;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.patchbay.api.access.Access;
import io.patchbay.api.catalog.Catalog;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.dialect.Callers;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.health.Health;
import io.patchbay.api.http.ErrorAnswer;
import io.patchbay.api.http.Headers;
import io.patchbay.api.http.HttpEndpoint;
import io.patchbay.api.http.HttpRequest;
import io.patchbay.api.http.HttpResponse;
import io.patchbay.api.routing.Forbidden;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * What there is: models, their endpoints, providers. One answer serves OpenAI's clients and OpenRouter's. Needs no key,
 * but for what a key may use.
 */
@Component(
        service = HttpEndpoint.class,
        property = {
            HttpEndpoint.ROUTES + "=GET /api/v1/models",
            HttpEndpoint.ROUTES + "=GET /v1/models",
            HttpEndpoint.ROUTES + "=GET /api/v1/models/*",
            HttpEndpoint.ROUTES + "=GET /v1/models/*",
            HttpEndpoint.ROUTES + "=GET /api/v1/model/*",
            HttpEndpoint.ROUTES + "=GET /v1/model/*",
            HttpEndpoint.ROUTES + "=GET /api/v1/parameters/*",
            HttpEndpoint.ROUTES + "=GET /v1/parameters/*",
            HttpEndpoint.ROUTES + "=GET /api/v1/embeddings/models",
            HttpEndpoint.ROUTES + "=GET /v1/embeddings/models",
            HttpEndpoint.ROUTES + "=GET /api/v1/endpoints/zdr",
            HttpEndpoint.ROUTES + "=GET /v1/endpoints/zdr",
            HttpEndpoint.ROUTES + "=GET /api/v1/providers",
            HttpEndpoint.ROUTES + "=GET /v1/providers"
        })
public final class ModelsEndpoint implements HttpEndpoint {
    private static final Headers JSON = Headers.of("Content-Type", "application/json");
    private static final String VERSION = "/v1";
    private static final String ENDPOINTS = "/endpoints";

    private final Catalog catalog;
    private final Health health;
    private final Access access;
    private final InstantSource clock;

    @Activate
    public ModelsEndpoint(@Reference Catalog catalog, @Reference Health health, @Reference Access access) {
        this(catalog, health, access, InstantSource.system());
    }

    ModelsEndpoint(Catalog catalog, Health health, Access access, InstantSource clock) {
        this.catalog = catalog;
        this.health = health;
        this.access = access;
        this.clock = clock;
    }

    @Override
    public void handle(HttpRequest request, HttpResponse response) {
        try {
            response.send(200, JSON, answer(request).toString().getBytes(StandardCharsets.UTF_8));
        } catch (FailureException failure) {
            var named = failure.failure().field().filter("model"::equals).map(field -> nameIn(resource(request)));
            new ErrorAnswer(failure.failure(), named.stream().toList()).sendTo(response);
        }
    }

    /** The path after the version of the API. */
    private static String resource(HttpRequest request) {
        var path = request.path();
        var resource = path.substring(path.indexOf(VERSION) + VERSION.length());
        return resource.endsWith("/") ? resource.substring(0, resource.length() - 1) : resource;
    }

    private JsonObject answer(HttpRequest request) {
        var resource = resource(request);
        return switch (resource) {
            case "/models" -> list(request, endpoint -> true);
            case "/models/count" -> count(request);
            case "/models/user" -> list(request, mayBeUsedBy(request));
            case "/embeddings/models" ->
                list(request, endpoint -> endpoint.outputModalities().contains("embeddings"));
            case "/endpoints/zdr" -> withoutRetention();
            case "/providers" -> providers();
            default -> one(resource);
        };
    }

    private JsonObject one(String resource) {
        var name = nameIn(resource);
        if (resource.startsWith("/models/") && resource.endsWith(ENDPOINTS)) {
            return data(ModelDescription.withEndpoints(offered(name), health));
        }
        var endpoints = offered(name).stream()
                .filter(endpoint -> endpoint.serviceTier().isEmpty())
                .toList();
        if (resource.startsWith("/parameters/")) {
            return data(parameters(endpoints));
        }
        var model = ModelDescription.model(endpoints);
        return resource.startsWith("/model/") ? data(model) : model;
    }

    private static String nameIn(String resource) {
        var name = resource.substring(resource.indexOf('/', 1) + 1);
        return resource.startsWith("/models/") && name.endsWith(ENDPOINTS)
                ? name.substring(0, name.length() - ENDPOINTS.length())
                : name;
    }

    private List<Endpoint> offered(String name) {
        var known = ModelId.tryParse(name).map(catalog::endpoints).orElseGet(List::of);
        var offered = known.stream().filter(ModelsEndpoint::isOffered).toList();
        if (known.isEmpty()) {
            throw Failure.builder(FailureKind.MODEL_NOT_FOUND, "No provider here serves the model " + name + '.')
                    .field("model")
                    .build()
                    .toException();
        }
        if (offered.isEmpty()) {
            throw Failure.builder(FailureKind.NO_ENDPOINTS, "No price of the model " + name + " is known.")
                    .field("model")
                    .build()
                    .toException();
        }
        return offered;
    }

    /** What has no price gets no request: whoever picks a model out of the list has to be served. */
    private static boolean isOffered(Endpoint endpoint) {
        return endpoint.price().isPresent();
    }

    private Collection<List<Endpoint>> models(Predicate<Endpoint> wanted) {
        Map<ModelId, List<Endpoint>> byModel = new LinkedHashMap<>();
        for (var endpoint : catalog.endpoints()) {
            if (isOffered(endpoint) && wanted.test(endpoint)) {
                byModel.computeIfAbsent(endpoint.model(), model -> new ArrayList<>())
                        .add(endpoint);
            }
        }
        return byModel.values();
    }

    private JsonObject list(HttpRequest request, Predicate<Endpoint> wanted) {
        var page = new ModelQuery(request, health, clock).of(models(wanted));
        var models = new JsonArray();
        page.models().forEach(endpoints -> models.add(ModelDescription.model(endpoints)));
        var list = new JsonObject();
        list.addProperty("object", "list");
        list.add("data", models);
        list.addProperty("total_count", page.total());
        var links = new JsonObject();
        links.add(
                "next",
                page.next()
                        .<JsonElement>map(offset ->
                                new JsonPrimitive(request.path() + "?offset=" + offset + "&limit=" + page.limit()))
                        .orElse(JsonNull.INSTANCE));
        list.add("links", links);
        return list;
    }

    private JsonObject count(HttpRequest request) {
        var counted = new JsonObject();
        counted.addProperty(
                "count",
                new ModelQuery(request, health, clock)
                        .of(models(endpoint -> true))
                        .total());
        return data(counted);
    }

    private Predicate<Endpoint> mayBeUsedBy(HttpRequest request) {
        var permissions = access.rules(Callers.key(request, access)).permissions();
        return endpoint -> Forbidden.by(permissions, endpoint).isEmpty();
    }

    private JsonObject withoutRetention() {
        var endpoints = new JsonArray();
        catalog.endpoints().stream()
                .filter(endpoint -> isOffered(endpoint) && !endpoint.provider().retainsPrompts())
                .forEach(endpoint -> endpoints.add(ModelDescription.endpoint(endpoint, health)));
        return data(endpoints);
    }

    private JsonObject providers() {
        var providers = new JsonArray();
        for (var status : catalog.providers()) {
            if (status.endpoints() > 0) {
                var provider = new JsonObject();
                provider.addProperty("name", status.provider().displayName());
                provider.addProperty("slug", status.provider().name());
                for (var unknown : List.of(
                        "privacy_policy_url",
                        "terms_of_service_url",
                        "status_page_url",
                        "headquarters",
                        "datacenters")) {
                    provider.add(unknown, JsonNull.INSTANCE);
                }
                providers.add(provider);
            }
        }
        return data(providers);
    }

    private static JsonObject parameters(List<Endpoint> endpoints) {
        var names = new TreeSet<String>();
        endpoints.forEach(endpoint -> names.addAll(endpoint.supportedParameters()));
        var supported = new JsonArray();
        names.forEach(supported::add);
        var parameters = new JsonObject();
        parameters.addProperty("model", endpoints.get(0).model().toString());
        parameters.add("supported_parameters", supported);
        return parameters;
    }

    private static JsonObject data(JsonElement data) {
        var body = new JsonObject();
        body.add("data", data);
        return body;
    }
}
