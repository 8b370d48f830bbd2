package io.patchbay.adapter.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.http.Headers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnthropicFailuresTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400|invalid_request_error|max_tokens: must be greater than 0|INVALID_REQUEST",
                "400|invalid_request_error|prompt is too long: 210000 tokens > 200000 maximum|CONTEXT_TOO_LONG",
                "400|invalid_request_error|input length and `max_tokens` exceed context limit: 9 > 8|CONTEXT_TOO_LONG",
                "400|invalid_request_error|Your credit balance is too low to access the API|UPSTREAM_QUOTA",
                "400|invalid_request_error|You have reached your specified API usage limits.|UPSTREAM_QUOTA",
                "400|invalid_request_error|Output blocked by content filtering policy|CONTENT_FILTERED",
                "401|authentication_error|invalid x-api-key|UPSTREAM_AUTH",
                "400|invalid_request_error|This organization has been disabled.|UPSTREAM_AUTH",
                "402|billing_error|pay|UPSTREAM_QUOTA",
                "403|permission_error|no|UPSTREAM_AUTH",
                "404|not_found_error|model: claude-0|UPSTREAM_MODEL_GONE",
                "409|conflict_error|again|UPSTREAM_ERROR",
                "413|request_too_large|Request exceeds the maximum size|CONTEXT_TOO_LONG",
                "429|rate_limit_error|slow|RATE_LIMITED",
                "500|api_error|Internal server error|UPSTREAM_ERROR",
                "503|api_error|busy|OVERLOADED",
                "504|timeout_error|late|TIMEOUT",
                "529|overloaded_error|Overloaded|OVERLOADED",
            })
    void readsStatusTypeAndText(int status, String type, String message, FailureKind kind) {
        var failure = classify(status, Headers.none(), error(type, message, ""));

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.providerCode()).contains(type);
        assertThat(failure.providerStatus()).hasValue(status);
    }

    @Test
    void tellsALimitOfMoneyFromALimitOfPace() {
        var failure = classify(
                429,
                Headers.none(),
                error("rate_limit_error", "reached", ",\"details\":{\"error_code\":\"enforced_spend_limit_reached\"}"));

        assertThat(failure.kind()).isEqualTo(FailureKind.UPSTREAM_QUOTA);
        assertThat(failure.providerCode()).contains("enforced_spend_limit_reached");
    }

    @Test
    void neverRepeatsWhatIsSaidAboutTheCredential() {
        var failure = classify(401, Headers.none(), error("authentication_error", "bad key sk-ant-api03-abcdef", ""));

        assertThat(failure.providerMessage()).isEmpty();
        assertThat(failure.message()).doesNotContain("sk-");
    }

    @Test
    void hidesKeysInOtherTexts() {
        var failure = classify(400, Headers.none(), error("invalid_request_error", "no sk-ant-api03-abcdef here", ""));

        assertThat(failure.message()).isEqualTo("no *** here");
        assertThat(failure.providerMessage()).contains("no *** here");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "<html><h1>502 Bad Gateway</h1></html>", "[]", "null", "{\"error\":null}", "{\"error\":[1]}"
            })
    void makesDoWithTheStatus(String body) {
        var failure = classify(502, Headers.none(), body);

        assertThat(failure.kind()).isEqualTo(FailureKind.UPSTREAM_ERROR);
        assertThat(failure.message()).isEqualTo("The provider failed.");
        assertThat(failure.providerMessage()).isEmpty();
    }

    @Test
    void readsErrorsOfImitations() {
        var failure = classify(400, Headers.none(), "{\"error\":{\"code\":\"BadRequest\",\"message\":\"so\"}}");

        assertThat(failure.providerCode()).contains("BadRequest");
        assertThat(failure.message()).isEqualTo("so");
        assertThat(classify(400, Headers.none(), "{\"error\":\"so\"}").message())
                .isEqualTo("so");
    }

    /** Google's, of Claude at Vertex AI. A stream's stands in an array. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400|INVALID_ARGUMENT|Request contains an invalid argument.|INVALID_REQUEST",
                "400|FAILED_PRECONDITION|Project `p` is not allowed to use Publisher Model `m`|UPSTREAM_MODEL_GONE",
                "400|FAILED_PRECONDITION|Publisher Model `m` is not servable in region us-west1.|UPSTREAM_MODEL_GONE",
                "401|UNAUTHENTICATED|Request had invalid authentication credentials.|UPSTREAM_AUTH",
                "403|PERMISSION_DENIED|Permission aiplatform.endpoints.predict denied on resource|UPSTREAM_AUTH",
                "403|PERMISSION_DENIED|This API method requires billing to be enabled.|UPSTREAM_QUOTA",
                "404|NOT_FOUND|Publisher Model `m` was not found|UPSTREAM_MODEL_GONE",
                "429|RESOURCE_EXHAUSTED|Quota exceeded for online_prediction_requests_per_base_model|RATE_LIMITED",
                "500|INTERNAL|Internal error encountered.|UPSTREAM_ERROR",
                "503|UNAVAILABLE|The service is currently unavailable.|OVERLOADED",
                "504|DEADLINE_EXCEEDED|Deadline expired before operation could complete.|TIMEOUT",
            })
    void readsErrorsOfGoogle(int status, String word, String message, FailureKind kind) {
        var body = "{\"error\":{\"code\":" + status + ",\"message\":\"" + message + "\",\"status\":\"" + word
                + "\",\"details\":[{\"@type\":\"x\"}]}}";

        for (var said : new String[] {body, "[" + body + "\n]\n"}) {
            var failure = classify(status, Headers.none(), said);
            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(failure.providerCode()).contains(word);
        }
        var within = Samples.failure(Samples.stream("{'type':'message_start','message':{}}", body));
        assertThat(within.kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({"27,27000", "1.5,1500", "'Thu, 26 Nov 2026 09:00:30 GMT',30000", "99999,3600000"})
    void readsHowLongToWait(String header, long milliseconds) {
        var headers = Headers.of("Retry-After", header).and("Date", "Thu, 26 Nov 2026 09:00:00 GMT");

        assertThat(classify(429, headers, "").retryAfter()).contains(Duration.ofMillis(milliseconds));
    }

    @Test
    void waitsForTheLimitThatIsUsedUp() {
        var headers = Headers.of("Date", "Thu, 26 Nov 2026 09:00:00 GMT")
                .and("anthropic-ratelimit-requests-remaining", "7")
                .and("anthropic-ratelimit-requests-reset", "2026-11-26T09:30:00Z")
                .and("anthropic-ratelimit-input-tokens-remaining", "0")
                .and("anthropic-ratelimit-input-tokens-reset", "2026-11-26T09:00:12Z");

        assertThat(classify(429, headers, "").retryAfter()).contains(Duration.ofSeconds(12));
        assertThat(classify(429, headers.and("retry-after-ms", "250"), "").retryAfter())
                .contains(Duration.ofMillis(250));
        assertThat(classify(400, headers, "").retryAfter()).isEmpty();
    }

    private static Failure classify(int status, Headers headers, String body) {
        return Samples.ADAPTER.classify(status, headers, body.getBytes(UTF_8));
    }

    private static String error(String type, String message, String more) {
        return "{\"type\":\"error\",\"error\":{\"type\":\"" + type + "\",\"message\":\"" + message + "\"" + more
                + "},\"request_id\":\"req_1\"}";
    }
}
