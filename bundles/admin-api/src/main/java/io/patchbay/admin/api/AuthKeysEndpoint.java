package io.patchbay.admin.api;

import com.google.gson.JsonObject;
import io.patchbay.api.access.ApiKey;
import io.patchbay.api.access.ApiKeys;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.guardrails.Guardrails;
import io.patchbay.api.http.HttpEndpoint;
import io.patchbay.api.http.HttpRequest;
import io.patchbay.api.http.HttpResponse;
import io.patchbay.api.http.JsonBody;
import io.patchbay.api.json.JsonView;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * {@code /auth/keys}: a user lets an app have a key of its own, with OpenRouter's variant of OAuth 2.0 with PKCE. What the
 * new key may do is what the key may do with which it is allowed, and no more.
 */
@Component(
        service = HttpEndpoint.class,
        property = {
            HttpEndpoint.ROUTES + "=POST /api/v1/auth/keys",
            HttpEndpoint.ROUTES + "=POST /api/v1/auth/keys/code"
        })
public final class AuthKeysEndpoint implements HttpEndpoint {
    private static final String CODE = "/api/v1/auth/keys/code";
    private static final String CALLBACK = "callback_url";
    private static final String CHALLENGE = "code_challenge";
    private static final String METHOD = "code_challenge_method";
    private static final String EXPIRES = "expires_at";
    private static final String LABEL = "key_label";
    private static final int LONGEST_LABEL = 100;
    private static final int SHORTEST_CHALLENGE = 43;
    private static final int LONGEST_CHALLENGE = 128;

    /** Where an app may run without being encrypted: on the user's own machine. */
    private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Desk desk;
    private final ApiKeys keys;
    private final Guardrails guardrails;
    private final AppCodes codes = new AppCodes(InstantSource.system());

    @Activate
    public AuthKeysEndpoint(@Reference Desk desk, @Reference ApiKeys keys, @Reference Guardrails guardrails) {
        this.desk = desk;
        this.keys = keys;
        this.guardrails = guardrails;
    }

    @Override
    public void handle(HttpRequest request, HttpResponse response) {
        if (request.path().equals(CODE)) {
            desk.serve(request, response, asker -> code(asker.key(), JsonBody.parse(request.body())));
        } else {
            // The code is all that an app has to show.
            desk.serveAnybody(request, response, () -> exchange(JsonBody.parse(request.body())));
        }
    }

    private Answer code(ApiKey by, JsonView body) {
        if (by.budget().isPresent() && by.purpose() == ApiKey.Purpose.INFERENCE) {
            throw Failure.of(
                            FailureKind.FORBIDDEN,
                            "This API key has a limit of its own, and can't let others spend beside it. Use one without.")
                    .toException();
        }
        KeyJson.requireFuture(body, Instant.now());
        var app = callback(body);
        var challenge = Fields.text(body, CHALLENGE);
        if (challenge
                .filter(text -> text.length() < SHORTEST_CHALLENGE || text.length() > LONGEST_CHALLENGE)
                .isPresent()) {
            throw Fields.wrong(
                    CHALLENGE, "a string of " + SHORTEST_CHALLENGE + " to " + LONGEST_CHALLENGE + " characters");
        }
        if (app.isEmpty() && challenge.isEmpty()) {
            throw Fields.wrong(CALLBACK, "given, or else code_challenge");
        }
        var label = Fields.text(body, LABEL).filter(text -> !text.isBlank()).or(() -> app.map(URI::getHost));
        if (label.filter(text -> text.length() > LONGEST_LABEL).isPresent()) {
            throw Fields.wrong(LABEL, "a string of " + LONGEST_LABEL + " characters at the most");
        }
        var grant = new AppCodes.Grant(
                by,
                label.orElse("app"),
                Fields.dollars(body, "limit"),
                Periods.read(body, "usage_limit_type"),
                Fields.time(body, EXPIRES));
        var data = new JsonObject();
        data.addProperty("id", codes.issue(grant, challenge, method(body)));
        data.addProperty("app_id", 0);
        data.addProperty("created_at", Instant.now().toString());
        return Answer.data(data);
    }

    private static Optional<URI> callback(JsonView body) {
        var text = Fields.text(body, CALLBACK).filter(url -> !url.isBlank());
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            var url = new URI(text.get());
            var scheme = Optional.ofNullable(url.getScheme()).orElse("").toLowerCase(Locale.ROOT);
            var host = Optional.ofNullable(url.getHost()).orElse("");
            boolean isSafe = scheme.equals("https") || (scheme.equals("http") && HERE.contains(host));
            if (isSafe && !host.isEmpty() && url.getUserInfo() == null && url.getFragment() == null) {
                return Optional.of(url);
            }
        } catch (URISyntaxException unreadable) {
            // Refused below.
        }
        throw Fields.wrong(CALLBACK, "an https URL, or an http URL of this machine (localhost, 127.0.0.1)");
    }

    private static AppCodes.Method method(JsonView body) {
        return switch (Fields.text(body, METHOD).orElse("S256")) {
            case "S256" -> AppCodes.Method.S256;
            case "plain" -> AppCodes.Method.PLAIN;
            default ->
                throw Failure.invalid(METHOD, "Invalid code_challenge_method").toException();
        };
    }

    private Answer exchange(JsonView body) {
        var unusedMethod = method(body);
        var code = Fields.text(body, "code").orElseThrow(() -> Fields.wrong("code", "given"));
        var grant = codes.redeem(code, Fields.text(body, "code_verifier"));
        var by = keys.findKey(grant.by().id())
                .filter(key -> !key.disabled())
                .orElseThrow(() -> Failure.of(
                                FailureKind.FORBIDDEN, "The API key with which this was allowed is not good any more.")
                        .toException());
        var issued = keys.create(by.account(), blank -> settings(grant, by, blank));
        guardrails.all(by.account().id()).stream()
                .filter(guardrail -> guardrail.keys().contains(by.id()))
                .forEach(guardrail -> guardrails.assign(
                        by.account().id(), guardrail.id(), Set.of(issued.key().id()), true));
        var answer = new JsonObject();
        answer.addProperty("key", issued.secret().reveal());
        answer.addProperty("user_id", by.account().id());
        return Answer.json(200, answer);
    }

    private static ApiKey.Builder settings(AppCodes.Grant grant, ApiKey by, ApiKey.Builder blank) {
        var settings = blank.name(grant.label())
                .permissions(by.permissions())
                .rateLimits(by.rateLimits())
                .purpose(ApiKey.Purpose.INFERENCE);
        grant.limit().ifPresent(amount -> settings.limit(amount, grant.period()));
        var ends = grant.expires().isPresent() && by.expires().isPresent()
                ? Optional.of(earlier(grant.expires().get(), by.expires().get()))
                : grant.expires().or(by::expires);
        ends.ifPresent(settings::expires);
        return settings;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
