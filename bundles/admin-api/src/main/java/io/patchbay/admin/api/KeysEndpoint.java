package io.patchbay.admin.api;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.api.access.Accounts;
import io.patchbay.api.access.ApiKey;
import io.patchbay.api.access.ApiKeys;
import io.patchbay.api.http.HttpEndpoint;
import io.patchbay.api.http.HttpRequest;
import io.patchbay.api.http.HttpResponse;
import io.patchbay.api.http.JsonBody;
import io.patchbay.api.ledger.Ledger;
import java.time.Instant;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code /keys}: keys are made, listed, changed and deleted, by management keys. */
@Component(
        service = HttpEndpoint.class,
        property = {
            HttpEndpoint.ROUTES + "=GET /api/v1/keys",
            HttpEndpoint.ROUTES + "=POST /api/v1/keys",
            HttpEndpoint.ROUTES + "=GET /api/v1/keys/*",
            HttpEndpoint.ROUTES + "=PATCH /api/v1/keys/*",
            HttpEndpoint.ROUTES + "=DELETE /api/v1/keys/*"
        })
public final class KeysEndpoint implements HttpEndpoint {
    private static final String BELOW = "/api/v1/keys/";
    private static final int PAGE = 100;

    private final Desk desk;
    private final ApiKeys keys;
    private final Accounts accounts;
    private final KeyJson keyJson;

    @Activate
    public KeysEndpoint(
            @Reference Desk desk, @Reference ApiKeys keys, @Reference Accounts accounts, @Reference Ledger ledger) {
        this.desk = desk;
        this.keys = keys;
        this.accounts = accounts;
        this.keyJson = new KeyJson(ledger);
    }

    @Override
    public void handle(HttpRequest request, HttpResponse response) {
        desk.serve(request, response, asker -> {
            asker.requireManagement();
            if (!request.path().startsWith(BELOW)) {
                return request.method().equals("POST") ? create(asker, request) : list(asker, request);
            }
            var key = find(asker, request.path().substring(BELOW.length()));
            return switch (request.method()) {
                case "PATCH" -> change(key, request);
                case "DELETE" -> delete(key);
                default -> Answer.data(keyJson.inList(key));
            };
        });
    }

    private Answer list(Asker asker, HttpRequest request) {
        var account = asker.account(request.query("account"));
        boolean withDisabled = request.query("include_disabled")
                .filter("true"::equalsIgnoreCase)
                .isPresent();
        var data = new JsonArray();
        keys.keys().stream()
                .filter(key -> key.account().id().equals(account))
                .filter(key -> withDisabled || !key.disabled())
                .skip(Fields.number(request, "offset", Integer.MAX_VALUE).orElse(0))
                .limit(PAGE)
                .forEach(key -> data.add(keyJson.inList(key)));
        return Answer.data(data);
    }

    private Answer create(Asker asker, HttpRequest request) {
        var body = JsonBody.parse(request.body());
        if (!Fields.isGiven(body, "name")) {
            throw Fields.wrong("name", "given");
        }
        KeyJson.requireFuture(body, Instant.now());
        boolean management = Fields.flag(body, "management").orElse(false);
        if (management) {
            asker.requireOperator();
        }
        var owner = accounts.findAccount(asker.account(Fields.text(body, "account")))
                .orElseThrow(() -> Asker.notFound("account"));
        var issued = keys.create(
                owner,
                blank -> KeyJson.apply(body, blank.build(), blank)
                        .purpose(management ? ApiKey.Purpose.MANAGEMENT : ApiKey.Purpose.INFERENCE));
        var answer = new JsonObject();
        answer.add("data", keyJson.inList(issued.key()));
        answer.addProperty("key", issued.secret().reveal());
        return Answer.json(201, answer);
    }

    private Answer change(ApiKey key, HttpRequest request) {
        var body = JsonBody.parse(request.body());
        var changed = keys.change(key.id(), settings -> KeyJson.apply(body, settings.build(), settings))
                .orElseThrow(() -> Asker.notFound("API key"));
        return Answer.data(keyJson.inList(changed));
    }

    private Answer delete(ApiKey key) {
        if (!keys.delete(key.id())) {
            throw Asker.notFound("API key");
        }
        var answer = new JsonObject();
        answer.addProperty("deleted", true);
        return Answer.json(200, answer);
    }

    private ApiKey find(Asker asker, String hash) {
        return keys.findKey(hash)
                .filter(key -> asker.maySee(key.account().id()))
                .orElseThrow(() -> Asker.notFound("API key"));
    }
}
