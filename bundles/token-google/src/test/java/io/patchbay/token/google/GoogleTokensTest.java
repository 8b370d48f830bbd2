package io.patchbay.token.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import io.patchbay.api.adapter.Credential;
import io.patchbay.api.adapter.TokenRequest;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.catalog.Secret;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.json.JsonView;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoogleTokensTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Provider PROVIDER =
            Provider.builder("google-vertex", "gemini").build();

    private final GoogleTokens tokens = new GoogleTokens();

    @Test
    void signsAnAssertionForAServiceAccount() throws Exception {
        var pair = pair();

        var question = ask(serviceAccount(pair, "https://oauth2.example.com/token"));

        assertThat(question.baseUrl()).isEqualTo(URI.create("https://oauth2.example.com"));
        assertThat(question.request()).hasToString("POST /token");
        assertThat(question.request().contentType()).isEqualTo("application/x-www-form-urlencoded");
        var form = form(question);
        assertThat(form).containsEntry("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
        var parts = form.get("assertion").split("\\.", -1);
        assertThat(json(parts[0])).isEqualTo("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"key-1\"}");
        assertThat(json(parts[1]))
                .isEqualTo("{\"iss\":\"patchbay@example.iam.gserviceaccount.com\","
                        + "\"scope\":\"https://www.googleapis.com/auth/cloud-platform\","
                        + "\"aud\":\"https://oauth2.example.com/token\",\"iat\":1767323045,\"exp\":1767326645}");
        var signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(pair.getPublic());
        signature.update((parts[0] + '.' + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
    }

    @Test
    void givesBackTheRefreshTokenOfAUser() {
        var question = ask("{\"type\":\"authorized_user\",\"client_id\":\"id\",\"client_secret\":\"s&cret\","
                + "\"refresh_token\":\"1//x\"}");

        assertThat(question.baseUrl()).isEqualTo(URI.create("https://oauth2.googleapis.com"));
        assertThat(form(question))
                .isEqualTo(Map.of(
                        "grant_type", "refresh_token",
                        "client_id", "id",
                        "client_secret", "s&cret",
                        "refresh_token", "1//x"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AIzaSyExample",
                "{}",
                "{\"type\":\"external_account\"}",
                "{\"type\":\"service_account\",\"client_email\":\"a@b.c\"}",
                "{\"type\":\"service_account\",\"client_email\":\"a@b.c\",\"private_key\":\"hunter2\"}",
                "{\"type\":\"authorized_user\",\"client_id\":\"id\"}"
            })
    void saysWhyAKeyCanNotBeTraded(String key) {
        assertThatThrownBy(() -> ask(key))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        refused -> assertThat(refused.failure().kind()).isEqualTo(FailureKind.UPSTREAM_AUTH))
                .hasMessageContaining("The gateway's key for the provider")
                .message()
                .doesNotContain("hunter2", "AIza");
    }

    @Test
    void readsATokenAndHowLongItIsGood() {
        var token = tokens.decode("{\"access_token\":\"ya29.abc\",\"expires_in\":3599,\"token_type\":\"Bearer\"}"
                .getBytes(StandardCharsets.UTF_8));

        assertThat(token.secret().reveal()).isEqualTo("ya29.abc");
        assertThat(token.lifetime()).isEqualTo(Duration.ofSeconds(3599));
        assertThat(token.toString()).doesNotContain("ya29");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "{}", "{\"access_token\":\"\",\"expires_in\":1}", "{\"access_token\":\"a\"}"})
    void refusesAnAnswerWithoutAToken(String body) {
        assertThatThrownBy(() -> tokens.decode(body.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(FailureException.class);
    }

    private TokenRequest ask(String key) {
        return tokens.encode(PROVIDER, Credential.apiKey(Secret.of(key)).at(NOW));
    }

    private static String serviceAccount(KeyPair pair, String giver) {
        var account = new JsonObject();
        account.addProperty("type", "service_account");
        account.addProperty("private_key_id", "key-1");
        account.addProperty(
                "private_key",
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(pair.getPrivate().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
        account.addProperty("client_email", "patchbay@example.iam.gserviceaccount.com");
        account.addProperty("token_uri", giver);
        return JsonView.of(account).toString();
    }

    private static KeyPair pair() throws Exception {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    private static Map<String, String> form(TokenRequest question) {
        var body = new String(question.request().body(), StandardCharsets.UTF_8);
        return Arrays.stream(body.split("&", -1))
                .map(field -> field.split("=", 2))
                .collect(Collectors.toMap(
                        field -> field[0], field -> URLDecoder.decode(field[1], StandardCharsets.UTF_8)));
    }

    private static String json(String base64) {
        return new String(Base64.getUrlDecoder().decode(base64), StandardCharsets.UTF_8);
    }
}
