package io.patchbay.adapter.bedrock;

import static io.patchbay.adapter.bedrock.Samples.ADAPTER;
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

class BedrockFailuresTest {
    private static final String ADDRESS = ":http://internal.amazon.com/coral/com.amazon.bedrock/";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400|ValidationException|The toolConfig field must be defined.|INVALID_REQUEST",
                "400|ValidationException|The provided model identifier is invalid.|UPSTREAM_MODEL_GONE",
                "400|ValidationException|Invocation of model ID x with on-demand throughput isn't supported."
                        + "|UPSTREAM_MODEL_GONE",
                "400|ValidationException|Input is too long for requested model.|CONTEXT_TOO_LONG",
                "400|ValidationException|The model returned the following errors: prompt is too long: 9 > 8"
                        + "|CONTEXT_TOO_LONG",
                "400|ValidationException|Output blocked by content filtering policy|CONTENT_FILTERED",
                "400|ServiceQuotaExceededException|Your request exceeds the quota.|RATE_LIMITED",
                "429|ThrottlingException|Too many tokens per day, please wait before trying again.|UPSTREAM_QUOTA",
                "403|AccessDeniedException|Model access is denied due to INVALID_PAYMENT_INSTRUMENT: A valid payment"
                        + " instrument must be provided.|UPSTREAM_QUOTA",
                "403|AccessDeniedException|You don't have access to the model with the specified model ID."
                        + "|UPSTREAM_MODEL_GONE",
                "403|AccessDeniedException|User: arn:aws:iam::1 is not authorized|UPSTREAM_AUTH",
                "403|UnrecognizedClientException|The security token is invalid.|UPSTREAM_AUTH",
                "403|ExpiredTokenException|Bearer Token has expired|UPSTREAM_AUTH",
                "403|InvalidSignatureException|Signature expired|UPSTREAM_AUTH",
                "404|ResourceNotFoundException|This model version has reached the end of its life.|UPSTREAM_MODEL_GONE",
                "408|ModelTimeoutException|Model has timed out.|TIMEOUT",
                "424|ModelErrorException|The system encountered an unexpected error.|UPSTREAM_ERROR",
                "429|ThrottlingException|Too many tokens, please wait before trying again.|RATE_LIMITED",
                "429|ModelNotReadyException|Model is not ready for inference.|OVERLOADED",
                "500|InternalServerException|Oops.|UPSTREAM_ERROR",
                "503|ServiceUnavailableException|Bedrock is unable to process your request.|OVERLOADED",
            })
    void knowsWhatATypeMeans(int status, String type, String message, FailureKind kind) {
        var failure =
                classify(status, Headers.of("x-amzn-ErrorType", type + ADDRESS), "{\"message\":\"" + message + "\"}");

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.providerCode()).contains(type);
        assertThat(failure.providerStatus()).hasValue(status);
    }

    @ParameterizedTest
    @CsvSource({
        "400,INVALID_REQUEST",
        "401,UPSTREAM_AUTH",
        "403,UPSTREAM_AUTH",
        "404,UPSTREAM_MODEL_GONE",
        "408,TIMEOUT",
        "413,CONTEXT_TOO_LONG",
        "424,UPSTREAM_ERROR",
        "429,RATE_LIMITED",
        "500,UPSTREAM_ERROR",
        "503,OVERLOADED",
        "302,UPSTREAM_ERROR"
    })
    void goesByTheStatusWhereThereIsNoType(int status, FailureKind kind) {
        assertThat(classify(status, Headers.none(), "<html>oops</html>").kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"__type\":\"com.amazon.coral.availability#ThrottlingException\",\"Message\":\"Slow\"}",
                "{\"Output\":{\"__type\":\"ThrottlingException\"},\"message\":\"Slow\"}"
            })
    void findsTheTypeInTheBody(String body) {
        var failure = classify(400, Headers.none(), body);

        assertThat(failure.kind()).isEqualTo(FailureKind.RATE_LIMITED);
        assertThat(failure.providerCode()).contains("ThrottlingException");
        assertThat(failure.providerMessage()).contains("Slow");
    }

    @Test
    void tellsTheClientWhatIsWrongWithItsRequest() {
        var failure = classify(400, Headers.none(), "{\"message\":\"The text field is blank.\"}");

        assertThat(failure.message()).isEqualTo("The text field is blank.");
    }

    @Test
    void neverRepeatsWhatIsSaidAboutACredential() {
        var failure = classify(403, Headers.none(), "{\"Message\":\"Key ABSKabcdefghijkl is bad\"}");

        assertThat(failure.providerMessage()).isEmpty();
        assertThat(failure.message()).isEqualTo("The provider refused the gateway's credential.");
    }

    @Test
    void takesOutNamesOfAccountsResourcesAndKeys() {
        var failure = classify(
                400,
                Headers.none(),
                "{\"message\":\"arn:aws:bedrock:us-east-1:123456789012:guardrail/x of 123456789012 with "
                        + "bedrock-api-key-YWJj and <b>AKIAIOSFODNN7EXAMPLE</b> fails\"}");

        assertThat(failure.message()).isEqualTo("*** of *** with *** and *** fails");
    }

    @Test
    void waitsAsLongAsAsked() {
        assertThat(classify(429, Headers.of("Retry-After", "7"), "{}").retryAfter())
                .contains(Duration.ofSeconds(7));
        assertThat(classify(503, Headers.of("retry-after-ms", "1500"), "{}").retryAfter())
                .contains(Duration.ofMillis(1500));
        assertThat(classify(
                                429,
                                Headers.of("Date", "Fri, 27 Nov 2026 00:00:00 GMT")
                                        .and("Retry-After", "Fri, 27 Nov 2026 00:00:09 GMT"),
                                "{}")
                        .retryAfter())
                .contains(Duration.ofSeconds(9));
        assertThat(classify(400, Headers.of("Retry-After", "7"), "{}").retryAfter())
                .isEmpty();
    }

    private static Failure classify(int status, Headers headers, String body) {
        return ADAPTER.classify(status, headers, body.getBytes(UTF_8));
    }
}
