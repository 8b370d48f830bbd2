package io.patchbay.adapter.cohere;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.http.Headers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CohereFailuresTest {
    @ParameterizedTest
    @CsvSource({
        "400, INVALID_REQUEST",
        "401, UPSTREAM_AUTH",
        "402, UPSTREAM_QUOTA",
        "403, UPSTREAM_AUTH",
        "404, UPSTREAM_MODEL_GONE",
        "413, CONTEXT_TOO_LONG",
        "422, INVALID_REQUEST",
        "429, RATE_LIMITED",
        "498, CONTENT_FILTERED",
        "499, UPSTREAM_ERROR",
        "500, UPSTREAM_ERROR",
        "501, UPSTREAM_ERROR",
        "503, OVERLOADED",
        "504, TIMEOUT",
    })
    void goesByTheStatusWhereTheBodySaysNothing(int status, FailureKind kind) {
        for (var body : new String[] {"", "<html>nginx</html>", "{}", "{oops", "[]", "{\"message\":7}"}) {
            var failure = classify(status, Headers.none(), body);

            assertThat(failure.kind()).as(body).isEqualTo(kind);
            assertThat(failure.providerStatus()).hasValue(status);
            assertThat(failure.providerMessage()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "429 | You are using a Trial key, which is limited to 10 API calls / minute. | RATE_LIMITED",
                "429 | You are using a Trial key, which is limited to 1000 API calls / month. | UPSTREAM_QUOTA",
                "400 | too many tokens: size limit exceeded by 11 tokens. Try using shorter inputs | CONTEXT_TOO_LONG",
                "400 | model 'command-z' not found, make sure the correct model ID was used | UPSTREAM_MODEL_GONE",
                "400 | invalid api token | UPSTREAM_AUTH",
                "422 | No valid response generated. Try updating messages | UPSTREAM_ERROR",
                "400 | invalid request: image content is not supported for this model | INVALID_REQUEST",
            })
    void goesByWhatTheBodySays(int status, String message, FailureKind kind) {
        var failure = classify(status, Headers.none(), "{\"id\":\"x\",\"message\":\"" + message + "\"}");

        assertThat(failure.kind()).isEqualTo(kind);
    }

    @Test
    void tellsTheClientWhatIsWrongWithItsRequest() {
        var failure = classify(400, Headers.none(), "{\"id\":\"x\",\"message\":\"invalid request: no messages\"}");

        assertThat(failure.message()).isEqualTo("invalid request: no messages");
        assertThat(failure.providerMessage()).contains("invalid request: no messages");
    }

    @Test
    void keepsToItselfWhatIsSaidAboutTheCredential() {
        var failure = classify(401, Headers.none(), "{\"message\":\"Incorrect API key provided: abcDEF\"}");

        assertThat(failure.providerMessage()).isEmpty();
        assertThat(failure.message()).doesNotContain("abcDEF");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Retry-After | 7 | 7000",
                "Retry-After | 1.5 | 1500",
                "retry-after-ms | 250 | 250",
                "Retry-After | Fri, 27 Nov 2026 00:00:30 GMT | 30000",
                "Retry-After | 999999 | 3600000",
            })
    void waitsAsLongAsItIsAsked(String name, String value, long milliseconds) {
        var headers = Headers.of("Date", "Fri, 27 Nov 2026 00:00:00 GMT").and(name, value);

        assertThat(classify(429, headers, "").retryAfter()).contains(Duration.ofMillis(milliseconds));
    }

    private static Failure classify(int status, Headers headers, String body) {
        return Samples.ADAPTER.classify(status, headers, body.getBytes(UTF_8));
    }
}
