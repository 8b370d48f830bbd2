package io.patchbay.admin.api;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.patchbay.api.access.ApiKey;
import io.patchbay.api.access.ApiKeys;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.guardrails.AccountGuardrail;
import io.patchbay.api.guardrails.Guardrails;
import io.patchbay.api.http.HttpEndpoint;
import io.patchbay.api.http.HttpRequest;
import io.patchbay.api.http.HttpResponse;
import io.patchbay.api.http.JsonBody;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code /guardrails}: an account's, by its management keys, in OpenRouter's form. */
@Component(
        service = HttpEndpoint.class,
        property = {
            HttpEndpoint.ROUTES + "=GET /api/v1/guardrails",
            HttpEndpoint.ROUTES + "=POST /api/v1/guardrails",
            HttpEndpoint.ROUTES + "=GET /api/v1/guardrails/*",
            HttpEndpoint.ROUTES + "=POST /api/v1/guardrails/*",
            HttpEndpoint.ROUTES + "=PATCH /api/v1/guardrails/*",
            HttpEndpoint.ROUTES + "=DELETE /api/v1/guardrails/*"
        })
public final class GuardrailsEndpoint implements HttpEndpoint {
    private static final String PATH = "/api/v1/guardrails";
    private static final String ASSIGNMENTS = "assignments";
    private static final String KEYS = "keys";
    private static final int USUAL_PAGE = 50;
    private static final int LARGEST_PAGE = 100;

    private final Desk desk;
    private final Guardrails guardrails;
    private final ApiKeys keys;

    @Activate
    public GuardrailsEndpoint(@Reference Desk desk, @Reference Guardrails guardrails, @Reference ApiKeys keys) {
        this.desk = desk;
        this.guardrails = guardrails;
        this.keys = keys;
    }

    @Override
    public void handle(HttpRequest request, HttpResponse response) {
        desk.serve(request, response, asker -> answer(request, asker.account(request.query("account"))));
    }

    private Answer answer(HttpRequest request, String account) {
        var rest = request.path().substring(PATH.length());
        var parts =
                rest.isEmpty() ? List.<String>of() : List.of(rest.substring(1).split("/", -1));
        var what = request.method()
                + ' '
                + String.join(
                        "/", parts.stream().skip(isAboutAll(parts) ? 0 : 1).toList());
        var id = parts.isEmpty() ? "" : parts.get(0);
        return switch (parts.size()) {
            case 0 -> request.method().equals("POST") ? create(account, request) : list(account, request);
            case 1 -> one(account, id, request);
            default ->
                switch (what) {
                    case "GET assignments/keys" ->
                        assignments(
                                isAboutAll(parts) ? guardrails.all(account) : List.of(require(account, id)), request);
                    case "POST assignments/keys" -> assign(account, id, request, true);
                    case "POST assignments/keys/remove" -> assign(account, id, request, false);
                    default -> throw nothing();
                };
        };
    }

    /** Whether a path names no guardrail, but the assignments of all. */
    private static boolean isAboutAll(List<String> parts) {
        return parts.equals(List.of(ASSIGNMENTS, KEYS));
    }

    private Answer one(String account, String id, HttpRequest request) {
        return switch (request.method()) {
            case "GET" -> Answer.data(GuardrailJson.write(require(account, id)));
            case "PATCH" -> {
                var body = JsonBody.parse(request.body());
                var rules = GuardrailJson.read(body, require(account, id).rules());
                yield Answer.data(GuardrailJson.write(guardrails.change(account, id, rules)));
            }
            case "DELETE" -> {
                if (!guardrails.delete(account, id)) {
                    throw Asker.notFound("guardrail");
                }
                var deleted = new JsonObject();
                deleted.addProperty("deleted", true);
                yield Answer.json(200, deleted);
            }
            default -> throw nothing();
        };
    }

    private Answer create(String account, HttpRequest request) {
        var rules = GuardrailJson.read(JsonBody.parse(request.body()), GuardrailJson.BLANK);
        var body = new JsonObject();
        body.add("data", GuardrailJson.write(guardrails.create(account, rules)));
        return Answer.json(201, body);
    }

    private Answer list(String account, HttpRequest request) {
        return page(guardrails.all(account).stream().map(GuardrailJson::write).toList(), request);
    }

    private static Answer page(List<JsonObject> all, HttpRequest request) {
        var data = new JsonArray();
        all.stream()
                .skip(Fields.number(request, "offset", Integer.MAX_VALUE).orElse(0))
                .limit(Fields.number(request, "limit", LARGEST_PAGE).orElse(USUAL_PAGE))
                .forEach(data::add);
        var body = new JsonObject();
        body.add("data", data);
        body.addProperty("total_count", all.size());
        return Answer.json(200, body);
    }

    private Answer assign(String account, String id, HttpRequest request, boolean assigned) {
        var body = JsonBody.parse(request.body());
        var hashes = Fields.texts(body, "key_hashes")
                .filter(given -> !given.isEmpty())
                .orElseThrow(() -> Fields.wrong("key_hashes", "an array of at least one key's hash"));
        if (assigned) {
            hashes.forEach(hash -> requireKey(account, hash));
        }
        var answer = new JsonObject();
        answer.addProperty(
                assigned ? "assigned_count" : "unassigned_count",
                guardrails.assign(account, id, Set.copyOf(hashes), assigned));
        return Answer.json(200, answer);
    }

    private void requireKey(String account, String hash) {
        if (keys.findKey(hash).filter(key -> key.account().id().equals(account)).isEmpty()) {
            throw Asker.notFound("API key");
        }
    }

    private Answer assignments(List<AccountGuardrail> some, HttpRequest request) {
        return page(some.stream().flatMap(this::assignments).toList(), request);
    }

    private Stream<JsonObject> assignments(AccountGuardrail guardrail) {
        return guardrail.keys().stream()
                .sorted()
                .flatMap(hash -> keys.findKey(hash).stream())
                .map(key -> assignment(guardrail, key));
    }

    private static JsonObject assignment(AccountGuardrail guardrail, ApiKey key) {
        var id = guardrail.id() + '/' + key.id();
        var json = new JsonObject();
        json.addProperty(
                "id",
                UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)).toString());
        json.addProperty("key_hash", key.id());
        json.addProperty("guardrail_id", guardrail.id());
        json.addProperty("key_name", key.name());
        json.addProperty("key_label", key.label());
        json.add("assigned_by", JsonNull.INSTANCE);
        json.addProperty("created_at", guardrail.changed().toString());
        return json;
    }

    private AccountGuardrail require(String account, String id) {
        return guardrails.find(account, id).orElseThrow(() -> Asker.notFound("guardrail"));
    }

    private static FailureException nothing() {
        return Failure.of(FailureKind.NOT_FOUND, "There is nothing at this path.")
                .toException();
    }
}
