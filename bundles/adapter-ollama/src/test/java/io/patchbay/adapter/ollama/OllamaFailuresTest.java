package io.patchbay.adapter.ollama;

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

class OllamaFailuresTest {
    @ParameterizedTest
    @CsvSource({
        "307, UPSTREAM_ERROR",
        "400, INVALID_REQUEST",
        "401, UPSTREAM_AUTH",
        "402, UPSTREAM_QUOTA",
        "403, UPSTREAM_AUTH",
        "404, UPSTREAM_MODEL_GONE",
        "405, UPSTREAM_ERROR",
        "408, TIMEOUT",
        "413, CONTEXT_TOO_LONG",
        "429, RATE_LIMITED",
        "500, UPSTREAM_ERROR",
        "502, UPSTREAM_ERROR",
        "503, OVERLOADED",
        "504, TIMEOUT",
    })
    void goesByTheStatusWhereTheBodySaysNothing(int status, FailureKind kind) {
        for (var body : new String[] {"", "<html><body>nginx</body></html>", "404 page not found", "{}", "{oops"}) {
            var failure = classify(status, body);

            assertThat(failure.kind()).as(body).isEqualTo(kind);
            assertThat(failure.providerStatus()).hasValue(status);
            assertThat(failure.providerMessage()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "404|model 'x' not found|UPSTREAM_MODEL_GONE",
                "404|model \"x\" not found, try pulling it first|UPSTREAM_MODEL_GONE",
                "500|model 'x' not found|UPSTREAM_MODEL_GONE",
                "400|\"all-minilm:latest\" does not support chat|UPSTREAM_MODEL_GONE",
                "400|the input length exceeds the context length|CONTEXT_TOO_LONG",
                "400|prompt too long; exceeded max context length by 12 tokens|CONTEXT_TOO_LONG",
                "500|input exceeds maximum context length|CONTEXT_TOO_LONG",
                "500|Failed to create new sequence: failed to process inputs: image: unknown format|INVALID_REQUEST",
                "400|illegal base64 data at input byte 4|INVALID_REQUEST",
                "400|json: cannot unmarshal string into Go struct field|INVALID_REQUEST",
                "500|model requires more system memory (9.1 GiB) than is available (3.2 GiB)|OVERLOADED",
                "503|server busy, please try again.  maximum pending requests exceeded|OVERLOADED",
                "500|timed out waiting for llama runner to start - progress 0.00|TIMEOUT",
                "500|llama runner process has terminated: signal: killed|UPSTREAM_ERROR",
                "429|you have reached your hourly usage limit|RATE_LIMITED",
                "429|you have reached your weekly usage limit, please upgrade|UPSTREAM_QUOTA",
                "401|unauthorized|UPSTREAM_AUTH",
            },
            quoteCharacter = '`')
    void goesByWhatTheTextSays(int status, String text, FailureKind kind) {
        var failure = classify(status, error(text));

        assertThat(failure.kind()).isEqualTo(kind);
        if (kind == FailureKind.UPSTREAM_AUTH) {
            assertThat(failure.providerMessage()).isEmpty();
        } else {
            assertThat(failure.providerMessage()).hasValue(text.replaceAll(" +", " "));
        }
    }

    @ParameterizedTest
    @CsvSource({"tools, tools", "thinking, reasoning", "vision, messages"})
    void namesTheFieldThatTheModelCanNotServe(String ability, String field) {
        var failure = classify(400, error("registry.ollama.ai/library/x:latest does not support " + ability));

        assertThat(failure.kind()).isEqualTo(FailureKind.INVALID_REQUEST);
        assertThat(failure.field()).hasValue(field);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "unauthorized|UPSTREAM_AUTH",
                "server busy|OVERLOADED",
                "context deadline exceeded|TIMEOUT",
                "prompt too long|CONTEXT_TOO_LONG",
                "unexpected EOF|UPSTREAM_ERROR",
            })
    void readsErrorsThatComeInsideAnAnswer(String text, FailureKind kind) {
        assertThat(Samples.failure(Samples.stream(error(text))).kind()).isEqualTo(kind);
    }

    @Test
    void readsTheMessageOfAnErrorThatIsAnObject() {
        assertThat(classify(400, "{\"error\":{\"message\":\"bad\",\"code\":7}}").message())
                .isEqualTo("bad");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer abcdefgh", "<b>bold</b>", "aGVsbG8gd29ybGQgaGVsbG8gd29ybGQgaGVsbG8gd29ybGQ="})
    void showsNothingThatIsNotForClients(String secret) {
        assertThat(classify(500, error("broken: " + secret)).providerMessage().orElseThrow())
                .doesNotContain(secret);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Retry-After|2|2000",
                "Retry-After|1.5|1500",
                "retry-after-ms|250|250",
                "Retry-After|Fri, 27 Nov 2026 00:00:10 GMT|10000",
                "Retry-After|999999|3600000",
            })
    void knowsHowLongToWait(String header, String value, long milliseconds) {
        var headers = Headers.of("Date", "Fri, 27 Nov 2026 00:00:00 GMT").and(header, value);

        assertThat(Samples.ADAPTER.classify(503, headers, new byte[0]).retryAfter())
                .hasValue(Duration.ofMillis(milliseconds));
        assertThat(Samples.ADAPTER.classify(400, headers, new byte[0]).retryAfter())
                .isEmpty();
    }

    private static String error(String text) {
        return "{\"error\":\"" + text.replace("\"", "\\\"") + "\"}";
    }

    private static Failure classify(int status, String body) {
        return Samples.ADAPTER.classify(status, Headers.none(), body.getBytes(UTF_8));
    }
}
