package io.patchbay.adapter.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.api.adapter.Credential;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.catalog.Secret;
import io.patchbay.api.http.Headers;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class AuthenticationTest {
    private static final String PATH = "/model/amazon.nova-lite-v1%3A0/converse";
    private static final byte[] BODY = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
    private static final Provider PROVIDER = provider("https://bedrock-runtime.eu-central-1.amazonaws.com");

    @Test
    void showsAnApiKeyAsItIs() {
        assertThat(headers("ABSKQmVkcm9ja0FQSUtleQ==").first("Authorization"))
                .contains("Bearer ABSKQmVkcm9ja0FQSUtleQ==");
    }

    /**
     * Reckoned here step by step as "Create a signed AWS API request" (IAM User Guide) says, with each segment of the
     * path encoded once more.
     */
    @Test
    void signsWithAnAccessKey() throws Exception {
        var headers = headers("AKIAEXAMPLE:wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");

        var authorization = headers.first("Authorization").orElseThrow();
        var parts = Pattern.compile(
                        "AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20260102/eu-central-1/bedrock/aws4_request, "
                                + "SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})")
                .matcher(authorization);
        assertThat(parts.matches()).as(authorization).isTrue();
        assertThat(headers.first("X-Amz-Date")).contains("20260102T030405Z");
        assertThat(headers.first("Host")).isEmpty();
        var canonicalHeaders = new StringBuilder();
        for (var name : parts.group(1).split(";", -1)) {
            var value = name.equals("host")
                    ? "bedrock-runtime.eu-central-1.amazonaws.com"
                    : headers.first(name).orElseThrow();
            canonicalHeaders.append(name).append(':').append(value).append('\n');
        }
        var canonical = "POST\n/model/amazon.nova-lite-v1%253A0/converse\n\n" + canonicalHeaders + '\n' + parts.group(1)
                + '\n' + hash(BODY);
        var toSign = "AWS4-HMAC-SHA256\n20260102T030405Z\n20260102/eu-central-1/bedrock/aws4_request\n"
                + hash(canonical.getBytes(StandardCharsets.UTF_8));
        var key = "AWS4wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY".getBytes(StandardCharsets.UTF_8);
        for (var step : new String[] {"20260102", "eu-central-1", "bedrock", "aws4_request"}) {
            key = hmac(key, step);
        }
        assertThat(parts.group(2)).isEqualTo(HexFormat.of().formatHex(hmac(key, toSign)));
    }

    @Test
    void sendsTheTokenOfASession() {
        var headers = headers("ASIAEXAMPLE:secret:IQoJb3JpZ2luX2Vj//////////:with:colons");

        assertThat(headers.first("X-Amz-Security-Token")).contains("IQoJb3JpZ2luX2Vj//////////:with:colons");
        assertThat(headers.first("Authorization").orElseThrow()).contains("x-amz-security-token");
    }

    @Test
    void takesTheRegionFromTheOptionsWhereTheAddressNamesNone() {
        var proxy = provider("http://127.0.0.1:8080");

        assertThatThrownBy(() -> headers(proxy, "AKIAEXAMPLE:secret")).hasMessageContaining("no region");
        var told = Provider.builder("bedrock", "bedrock")
                .baseUrl(URI.create("http://127.0.0.1:8080"))
                .options(Map.of("region", "us-gov-west-1"))
                .build();
        assertThat(headers(told, "AKIAEXAMPLE:secret").first("Authorization").orElseThrow())
                .contains("/us-gov-west-1/bedrock/");
    }

    private static Headers headers(String key) {
        return headers(PROVIDER, key);
    }

    private static Headers headers(Provider provider, String key) {
        var credential = Credential.apiKey(Secret.of(key)).at(Instant.parse("2026-01-02T03:04:05Z"));
        return Authentication.headers(provider, credential, PATH, BODY);
    }

    private static Provider provider(String url) {
        return Provider.builder("bedrock", "bedrock").baseUrl(URI.create(url)).build();
    }

    private static String hash(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static byte[] hmac(byte[] key, String text) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }
}
