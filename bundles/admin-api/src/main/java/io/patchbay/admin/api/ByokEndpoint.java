package io.patchbay.admin.api;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.patchbay.api.access.Accounts;
import io.patchbay.api.catalog.Catalog;
import io.patchbay.api.catalog.ProviderKeys;
import io.patchbay.api.catalog.Secret;
import io.patchbay.api.http.HttpEndpoint;
import io.patchbay.api.http.HttpRequest;
import io.patchbay.api.http.HttpResponse;
import io.patchbay.api.http.JsonBody;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * {@code /byok}: an account's own keys of providers, one of each. They are told nobody again; an id is
 * {@code account:provider}.
 */
@Component(
        service = HttpEndpoint.class,
        property = {
            HttpEndpoint.ROUTES + "=GET /api/v1/byok",
            HttpEndpoint.ROUTES + "=POST /api/v1/byok",
            HttpEndpoint.ROUTES + "=GET /api/v1/byok/*",
            HttpEndpoint.ROUTES + "=DELETE /api/v1/byok/*"
        })
public final class ByokEndpoint implements HttpEndpoint {
    private static final String BELOW = "/api/v1/byok/";
    /** What OpenRouter can do with such keys, and Patchbay can't. */
    private static final List<String> UNSUPPORTED =
            List.of("allowed_models", "allowed_api_key_hashes", "allowed_user_ids", "is_fallback", "disabled");

    private final Desk desk;
    private final ProviderKeys keys;
    private final Catalog catalog;
    private final Accounts accounts;

    @Activate
    public ByokEndpoint(
            @Reference Desk desk,
            @Reference ProviderKeys keys,
            @Reference Catalog catalog,
            @Reference Accounts accounts) {
        this.desk = desk;
        this.keys = keys;
        this.catalog = catalog;
        this.accounts = accounts;
    }

    private record Id(String account, String provider) {}

    @Override
    public void handle(HttpRequest request, HttpResponse response) {
        desk.serve(request, response, asker -> {
            asker.requireManagement();
            if (!request.path().startsWith(BELOW)) {
                return request.method().equals("POST") ? store(asker, request) : list(asker, request);
            }
            var id = find(asker, request.path().substring(BELOW.length()))
                    .orElseThrow(() -> Asker.notFound("key of a provider"));
            return request.method().equals("DELETE") ? remove(id) : Answer.data(json(id));
        });
    }

    private Answer list(Asker asker, HttpRequest request) {
        var account = asker.account(request.query("account"));
        var data = new JsonArray();
        keys.stored(account).forEach(provider -> data.add(json(new Id(account, provider))));
        var answer = new JsonObject();
        answer.add("data", data);
        answer.addProperty("total_count", data.size());
        return Answer.json(200, answer);
    }

    private Answer store(Asker asker, HttpRequest request) {
        var body = JsonBody.parse(request.body());
        var provider = Fields.text(body, "provider").orElseThrow(() -> Fields.wrong("provider", "given"));
        var key = Fields.text(body, "key").orElseThrow(() -> Fields.wrong("key", "given"));
        for (var field : UNSUPPORTED) {
            if (Fields.isGiven(body, field) && (field.startsWith("allowed") || body.isTrue(field))) {
                throw Fields.wrong(field, "left out: Patchbay can't do that");
            }
        }
        var account = asker.account(Fields.text(body, "account"));
        if (accounts.findAccount(account).isEmpty()) {
            throw Asker.notFound("account");
        }
        if (catalog.providers().stream()
                .noneMatch(status -> status.provider().name().equals(provider))) {
            throw Fields.wrong("provider", "the name of a provider that is configured here");
        }
        keys.store(account, provider, Secret.of(key));
        var answer = new JsonObject();
        answer.add("data", json(new Id(account, provider)));
        return Answer.json(201, answer);
    }

    private Answer remove(Id id) {
        if (!keys.remove(id.account(), id.provider())) {
            throw Asker.notFound("key of a provider");
        }
        var answer = new JsonObject();
        answer.addProperty("deleted", true);
        return Answer.json(200, answer);
    }

    private Optional<Id> find(Asker asker, String text) {
        int colon = text.indexOf(':');
        return Optional.of(new Id(text.substring(0, Math.max(0, colon)), text.substring(colon + 1)))
                .filter(id -> asker.maySee(id.account()))
                .filter(id -> keys.stored(id.account()).contains(id.provider()));
    }

    private static JsonObject json(Id id) {
        var json = new JsonObject();
        json.addProperty("id", id.account() + ':' + id.provider());
        json.addProperty("provider", id.provider());
        json.addProperty("workspace_id", id.account());
        json.addProperty("label", "...");
        json.addProperty("disabled", false);
        json.addProperty("is_fallback", false);
        json.addProperty("sort_order", 0);
        for (var list : List.of("allowed_models", "allowed_api_key_hashes", "allowed_user_ids")) {
            json.add(list, JsonNull.INSTANCE);
        }
        return json;
    }
}
