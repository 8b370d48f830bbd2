package io.patchbay.token.google;

import io.patchbay.api.adapter.Credential;
import io.patchbay.api.adapter.Token;
import io.patchbay.api.adapter.TokenAdapter;
import io.patchbay.api.adapter.TokenRequest;
import io.patchbay.api.adapter.UpstreamRequest;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.catalog.Secret;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.http.Headers;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.json.MalformedJson;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Component;

/**
 * Asks Google for access tokens (RFC 6749): for a service account by a signed assertion (RFC 7523), for a user by the
 * refresh token that {@code gcloud auth application-default login} leaves. The provider's key is that file's JSON text.
 */
@Component(property = TokenAdapter.NAME + "=google")
public final class GoogleTokens implements TokenAdapter {
    private static final String DEFAULT_GIVER = "https://oauth2.googleapis.com/token";
    private static final String BY_ASSERTION = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    /** Less than this and something is wrong; Google gives an hour. */
    private static final long SHORTEST_SECONDS = 1;

    private static final long LONGEST_SECONDS = 24 * 3600;

    @Override
    public TokenRequest encode(Provider provider, Credential credential) {
        var account = account(credential);
        return switch (account.string("type").orElse("")) {
            case "service_account" -> forServiceAccount(account, credential);
            case "authorized_user" -> forUser(account);
            default -> throw unusable("is of no kind that can be traded for a token");
        };
    }

    @Override
    public Token decode(byte[] body) {
        try {
            var json = JsonView.parse(body);
            var token = json.string("access_token").filter(text -> !text.isBlank());
            var seconds = json.integer("expires_in").orElse(0);
            if (token.isPresent() && seconds >= SHORTEST_SECONDS) {
                return new Token(
                        Secret.of(token.get().strip()), Duration.ofSeconds(Math.min(seconds, LONGEST_SECONDS)));
            }
        } catch (MalformedJson notJson) {
            // Said below, in the same words as for all that holds no token.
        }
        throw Failure.of(FailureKind.MALFORMED_ANSWER, "The answer to the question for a token holds none.")
                .toException();
    }

    private static JsonView account(Credential credential) {
        var key = credential.apiKey().map(Secret::reveal).orElse("");
        try {
            return JsonView.parse(key);
        } catch (MalformedJson notJson) {
            throw unusable("is not the JSON text of a service account");
        }
    }

    private static TokenRequest forServiceAccount(JsonView account, Credential credential) {
        var giver = account.string("token_uri").orElse(DEFAULT_GIVER);
        return question(
                giver,
                Map.of("grant_type", BY_ASSERTION, "assertion", Assertion.sign(account, giver, credential.at())));
    }

    private static TokenRequest forUser(JsonView account) {
        return question(
                DEFAULT_GIVER,
                Map.of(
                        "grant_type", "refresh_token",
                        "client_id", required(account, "client_id"),
                        "client_secret", required(account, "client_secret"),
                        "refresh_token", required(account, "refresh_token")));
    }

    private static TokenRequest question(String giver, Map<String, String> form) {
        var body = new TreeMap<>(form)
                .entrySet().stream()
                        .map(field ->
                                field.getKey() + '=' + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
        var url = URI.create(giver);
        if (!"https".equals(url.getScheme()) && !"http".equals(url.getScheme())) {
            throw unusable("names no address to ask for tokens");
        }
        return new TokenRequest(
                URI.create(url.getScheme() + "://" + url.getRawAuthority()),
                UpstreamRequest.form(
                        url.getRawPath(),
                        Headers.of("Accept", "application/json"),
                        body.getBytes(StandardCharsets.UTF_8)));
    }

    static String required(JsonView account, String name) {
        return account.string(name).filter(text -> !text.isBlank()).orElseThrow(() -> unusable("lacks " + name));
    }

    static FailureException unusable(String why) {
        return Failure.of(FailureKind.UPSTREAM_AUTH, "The gateway's key for the provider " + why + '.')
                .toException();
    }
}
