package io.patchbay.adapter.gemini;

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

class GeminiFailuresTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400|INVALID_ARGUMENT|Please use a valid role: user, model.|INVALID_REQUEST",
                "400|INVALID_ARGUMENT|The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).|CONTEXT_TOO_LONG",
                "400|INVALID_ARGUMENT|The input token count is 9 but model only supports up to 8.|CONTEXT_TOO_LONG",
                "400|INVALID_ARGUMENT|Request payload size exceeds the limit: 20971520 bytes.|CONTEXT_TOO_LONG",
                "400|INVALID_ARGUMENT|API key not valid. Please pass a valid API key.|UPSTREAM_AUTH",
                "400|INVALID_ARGUMENT|API key expired. Please renew the API key.|UPSTREAM_AUTH",
                "400|FAILED_PRECONDITION|User location is not supported for the API use.|UPSTREAM_AUTH",
                "400|FAILED_PRECONDITION|The free tier is not available here. Please enable billing.|UPSTREAM_QUOTA",
                "400|INVALID_ARGUMENT|It violates Google's Responsible AI practices.|CONTENT_FILTERED",
                "401|UNAUTHENTICATED|no|UPSTREAM_AUTH",
                "403|PERMISSION_DENIED|no|UPSTREAM_AUTH",
                "403|PERMISSION_DENIED|This API method requires billing to be enabled: BILLING_DISABLED|UPSTREAM_QUOTA",
                "404|NOT_FOUND|models/x is not found for API version v1beta|UPSTREAM_MODEL_GONE",
                "429|RESOURCE_EXHAUSTED|Resource exhausted. Please try again later.|RATE_LIMITED",
                "429|RESOURCE_EXHAUSTED|Your prepayment credits are depleted.|UPSTREAM_QUOTA",
                "500|INTERNAL|An internal error has occurred.|UPSTREAM_ERROR",
                "500|INTERNAL|The model is overloaded.|OVERLOADED",
                "503|UNAVAILABLE|The model is overloaded. Please try again later.|OVERLOADED",
                "504|DEADLINE_EXCEEDED|late|TIMEOUT",
            })
    void readsStatusAndText(int status, String word, String message, FailureKind kind) {
        var failure = classify(status, error(status, word, message, ""));

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.providerCode()).contains(word);
        assertThat(failure.providerStatus()).hasValue(status);
    }

    @Test
    void readsWhatIsBehindIt() {
        var failure = classify(
                400,
                error(
                        400,
                        "INVALID_ARGUMENT",
                        "Bad.",
                        "{\"@type\":\"type.googleapis.com/google.rpc.ErrorInfo\",\"reason\":\"API_KEY_INVALID\"}"));

        assertThat(failure.kind()).isEqualTo(FailureKind.UPSTREAM_AUTH);
        assertThat(failure.providerCode()).contains("API_KEY_INVALID");
    }

    @Test
    void readsAnErrorInAnArray() {
        var failure = classify(400, "[" + error(400, "INVALID_ARGUMENT", "so", "") + "\n]");

        assertThat(failure.message()).isEqualTo("so");
        assertThat(failure.providerCode()).contains("INVALID_ARGUMENT");
    }

    @ParameterizedTest
    @CsvSource({"34.074824224s,34074", "48s,48000", "0s,0", "99999s,3600000"})
    void readsHowLongToWait(String delay, long milliseconds) {
        var failure = classify(429, exhausted("GenerateRequestsPerMinutePerProjectPerModel", "10", delay));

        assertThat(failure.kind()).isEqualTo(FailureKind.RATE_LIMITED);
        assertThat(failure.retryAfter()).contains(Duration.ofMillis(milliseconds));
    }

    @Test
    void tellsADaysQuotaFromAMinutes() {
        assertThat(classify(429, exhausted("GenerateRequestsPerDayPerProjectPerModel-FreeTier", "50", "30s"))
                        .kind())
                .isEqualTo(FailureKind.UPSTREAM_QUOTA);
        assertThat(classify(429, exhausted("GenerateRequestsPerMinutePerProjectPerModel-FreeTier", "0", "30s"))
                        .kind())
                .isEqualTo(FailureKind.UPSTREAM_QUOTA);
    }

    @Test
    void neverRepeatsWhatIsSaidAboutTheCredential() {
        var failure = classify(400, error(400, "INVALID_ARGUMENT", "API key AIzaSyD-abcdefgh not valid", ""));

        assertThat(failure.providerMessage()).isEmpty();
        assertThat(failure.message()).doesNotContain("AIza");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "<html><h1>502</h1></html>", "[]", "[1]", "null", "{\"error\":null}", "{\"error\":[1]}", "[{"
            })
    void makesDoWithTheStatus(String body) {
        var failure = classify(502, body);

        assertThat(failure.kind()).isEqualTo(FailureKind.UPSTREAM_ERROR);
        assertThat(failure.message()).isEqualTo("The provider failed.");
    }

    private static Failure classify(int status, String body) {
        return Samples.ADAPTER.classify(status, Headers.none(), body.getBytes(UTF_8));
    }

    private static String error(int status, String word, String message, String details) {
        return "{\"error\":{\"code\":" + status + ",\"message\":\"" + message + "\",\"status\":\"" + word
                + "\",\"details\":[" + details + "]}}";
    }

    private static String exhausted(String quota, String value, String delay) {
        return error(
                429,
                "RESOURCE_EXHAUSTED",
                "You exceeded your current quota.",
                "{\"@type\":\"type.googleapis.com/google.rpc.QuotaFailure\",\"violations\":[{\"quotaId\":\"" + quota
                        + "\",\"quotaValue\":\"" + value + "\"}]},"
                        + "{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"" + delay + "\"}");
    }
}
