package io.patchbay.adapter.openai;

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

class OpenAiFailuresTest {
    @ParameterizedTest
    @CsvSource({
        "301, UPSTREAM_ERROR",
        "307, UPSTREAM_ERROR",
        "400, INVALID_REQUEST",
        "401, UPSTREAM_AUTH",
        "402, UPSTREAM_QUOTA",
        "403, UPSTREAM_AUTH",
        "404, UPSTREAM_MODEL_GONE",
        "408, TIMEOUT",
        "413, CONTEXT_TOO_LONG",
        "418, UPSTREAM_ERROR",
        "422, INVALID_REQUEST",
        "429, RATE_LIMITED",
        "498, OVERLOADED",
        "500, UPSTREAM_ERROR",
        "502, UPSTREAM_ERROR",
        "503, OVERLOADED",
        "504, TIMEOUT",
        "524, TIMEOUT",
        "529, OVERLOADED",
    })
    void goesByTheStatusWhereTheBodySaysNothing(int status, FailureKind kind) {
        for (var body : new String[] {"", "<html><body>nginx</body></html>", "{}", "{oops", "[]", "null"}) {
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
                "OpenAI|429|{'error':{'message':'You exceeded your current quota, please check your plan.','type':'insufficient_quota','param':null,'code':'insufficient_quota'}}|UPSTREAM_QUOTA|insufficient_quota",
                "OpenAI|400|{'error':{'message':'This model\\'s maximum context length is 8192 tokens.','type':'invalid_request_error','param':'messages','code':'context_length_exceeded'}}|CONTEXT_TOO_LONG|context_length_exceeded",
                "OpenAI|400|{'error':{'message':'The model `x` does not exist','type':'invalid_request_error','param':null,'code':'model_not_found'}}|UPSTREAM_MODEL_GONE|model_not_found",
                "OpenAI|400|{'error':{'message':'Your request was rejected as a result of our safety system.','type':'invalid_request_error','code':'content_policy_violation'}}|CONTENT_FILTERED|content_policy_violation",
                "Azure|429|{'error':{'code':'429','message':'Requests have exceeded call rate limit. Please retry after 26 seconds.'}}|RATE_LIMITED|429",
                "Azure|401|{'error':{'code':'401','message':'Access denied due to invalid subscription key.'}}|UPSTREAM_AUTH|401",
                "Azure|400|{'error':{'message':'The response was filtered','type':null,'param':'prompt','code':'content_filter','status':400}}|CONTENT_FILTERED|content_filter",
                "xAI|400|{'code':'Client specified an invalid argument','error':'Incorrect API key provided: xa***. You can obtain an API key from the console.'}|UPSTREAM_AUTH|Client specified an invalid argument",
                "xAI|422|{'code':'invalid','error':'Failed to deserialize the JSON body'}|INVALID_REQUEST|invalid",
                "Cerebras|404|{'message':'Model x does not exist','type':'not_found_error','param':'model','code':'model_not_found'}|UPSTREAM_MODEL_GONE|model_not_found",
                "FastAPI|422|{'detail':[{'loc':['body','messages',0,'content'],'msg':'field required','type':'missing'}]}|INVALID_REQUEST|missing",
                "FastAPI|401|{'detail':'Unauthorized'}|UPSTREAM_AUTH|",
                "vLLM|400|{'object':'error','message':'prompt is too long','type':'BadRequestError','param':null,'code':400}|CONTEXT_TOO_LONG|400",
                "Perplexity|400|{'error':{'message':'The total length of all messages is too long.','type':'too_many_prompt_tokens','code':400}}|CONTEXT_TOO_LONG|400",
                "OpenRouter|429|{'error':{'message':'Provider returned error','code':429,'metadata':{'raw':'upstream is busy','provider_name':'P'}},'user_id':'u'}|RATE_LIMITED|429",
                "OpenRouter|403|{'error':{'message':'Your input was flagged','code':403,'metadata':{'reasons':['hate']}}}|CONTENT_FILTERED|403",
                "OpenRouter|402|{'error':{'message':'Insufficient credits','code':402}}|UPSTREAM_QUOTA|402",
                "Cloudflare|403|{'errors':[{'code':5023,'message':'not with streams'}],'success':false}|UPSTREAM_AUTH|5023",
                "Cloudflare|403|{'errors':[{'message':'AiError: Ai: JSON Schema mode is not supported with stream mode.','code':5023}],'success':false}|INVALID_REQUEST|5023",
                "Cloudflare|429|{'errors':[{'message':'You have used up your daily free allocation of 10,000 neurons','code':3036}],'success':false}|UPSTREAM_QUOTA|3036",
                "Groq|413|{'error':{'message':'Request too large for model `m` on tokens per minute (TPM): Limit 6000, Requested 7200, please reduce your message size and try again.','type':'tokens','code':'rate_limit_exceeded'}}|RATE_LIMITED|rate_limit_exceeded",
                "OpenAI|403|{'error':{'message':'Country, region, or territory not supported','type':'request_forbidden','param':null,'code':'unsupported_country_region_territory'}}|UPSTREAM_AUTH|unsupported_country_region_territory",
                "Gemini|429|[{'error':{'code':429,'message':'You exceeded your current quota, please check your plan. Please retry in 34.07s.','status':'RESOURCE_EXHAUSTED'}}]|RATE_LIMITED|429",
                "Gemini|400|[{'error':{'code':400,'message':'API key not valid. Please pass a valid API key.','status':'INVALID_ARGUMENT'}}]|UPSTREAM_AUTH|400",
                "Groq|503|{'error':{'message':'Service Unavailable','type':'internal_server_error'}}|OVERLOADED|internal_server_error",
                "some|500|{'error':{'message':'The server is overloaded','type':'server_error'}}|OVERLOADED|server_error",
                "some|400|{'error':{'message':'Rate limit reached','type':'rate_limit_error'}}|RATE_LIMITED|rate_limit_error",
                "some|400|Bad Request: temperature is too high|INVALID_REQUEST|",
            })
    void readsEveryShapeOfBody(String provider, int status, String body, FailureKind kind, String code) {
        var failure = classify(status, body.replace("\\'", "`").replace('\'', '"'));

        assertThat(failure.kind()).as(provider).isEqualTo(kind);
        assertThat(failure.providerCode().orElse(null)).isEqualTo(code);
    }

    @Test
    void namesTheFieldAtFault() {
        assertThat(classify(400, "{\"error\":{\"message\":\"bad\",\"param\":\"tools[0].function\",\"code\":null}}")
                        .field())
                .contains("tools[0].function");
        assertThat(classify(422, "{\"detail\":[{\"loc\":[\"body\",\"messages\",0,\"role\"],\"msg\":\"bad\"}]}")
                        .field())
                .contains("messages.0.role");
        assertThat(classify(500, "{\"error\":{\"message\":\"bad\",\"param\":\"x\"}}")
                        .field())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sk-proj-abcdefghijklmnop",
                "sk-up***",
                "Bearer abc.def",
                "gsk_0123456789abcdef",
                "AIzaSyA1234567890abc",
                "0123456789abcdef0123456789abcdef",
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIx",
                "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xt+/==",
            })
    void showsNothingThatLooksLikeAKey(String secret) {
        var failure = classify(
                400, "{\"error\":{\"message\":\"The key " + secret + " is odd\",\"code\":\"" + secret + "\"}}");

        assertThat(failure.message()).isEqualTo("The key *** is odd");
        assertThat(failure.providerMessage().orElseThrow()).doesNotContain(secret);
        assertThat(failure.providerCode().orElseThrow()).doesNotContain(secret);
    }

    @Test
    void leavesWordsThatOnlyLookLikeKeysAlone() {
        var text =
                "Unknown skip_this_parameter for organization_id in accounts/fireworks/models/llama-v3p1-405b-instruct";

        assertThat(classify(400, "{\"error\":{\"message\":\"" + text + "\"}}").message())
                .isEqualTo(text);
    }

    @Test
    void shortensAndStripsWhatProvidersSay() {
        var failure =
                classify(400, "{\"error\":{\"message\":\"<b>no</b>\\n\\u0007 way" + " very".repeat(5_000) + "\"}}");

        assertThat(failure.message()).startsWith("no way very").hasSizeLessThanOrEqualTo(500);
        assertThat(classify(500, "<html><h1>500</h1>upstream-secret-detail</html>")
                        .providerMessage())
                .isEmpty();
        assertThat(classify(401, "{\"error\":{\"message\":\"Incorrect API key provided\"}}")
                        .providerMessage())
                .isEmpty();
    }

    @Test
    void survivesABodyThatIsNestedTooDeep() {
        assertThat(classify(500, "[".repeat(100_000)).kind()).isEqualTo(FailureKind.UPSTREAM_ERROR);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "Retry-After: 2|2000",
                "Retry-After: 1.5|1500",
                "Retry-After: 99999999|3600000",
                "Retry-After: soon|-",
                "retry-after-ms: 250; Retry-After: 1|250",
                "retry-after-ms: 0; Retry-After: 1|1000",
                "Date: Tue, 24 Nov 2026 10:00:00 GMT; Retry-After: Tue, 24 Nov 2026 10:00:07 GMT|7000",
                "Date: Tue, 24 Nov 2026 10:00:09 GMT; Retry-After: Tue, 24 Nov 2026 10:00:07 GMT|0",
                "Date: Tue, 24 Nov 2026 10:00:00 GMT; Retry-After: Fri, 24 Nov 2026 10:00:07 GMT|7000",
                "Retry-After: Tue, 24 Nov 2026 10:00:07 GMT|1000",
                "x-ratelimit-remaining-requests: 0; x-ratelimit-reset-requests: 6m0s|360000",
                "x-ratelimit-remaining-tokens: 0; x-ratelimit-reset-tokens: 18m43.2s|1123200",
                "x-ratelimit-remaining-tokens: 0; x-ratelimit-reset-tokens: 2ms|2",
                "x-ratelimit-remaining-tokens: 5; x-ratelimit-reset-tokens: 2ms|-",
                "x-ratelimit-remaining-tokens-minute: 0; x-ratelimit-reset-tokens-minute: 24.48|24480",
                "x-ratelimit-reset: 12|12000",
                "Date: Tue, 24 Nov 2026 10:00:00 GMT; x-ratelimit-reset: 1795514405000|5000",
                "x-other: 1|-",
            })
    void knowsHowLongToWait(String lines, Long millis) {
        var headers = Headers.builder();
        for (var line : lines.split("; ", -1)) {
            headers.add(line.substring(0, line.indexOf(':')), line.substring(line.indexOf(':') + 2));
        }

        var failure = Samples.ADAPTER.classify(429, headers.build(), new byte[0]);

        assertThat(failure.retryAfter().map(Duration::toMillis).orElse(null)).isEqualTo(millis);
    }

    @ParameterizedTest
    @CsvSource({
        "Please try again in 1.874s. Visit, 1874",
        "Please try again in 7m12.5s. Visit, 432500",
        "Please try again in 1h2m3s, 3600000",
        "Please try again in 20ms., 20",
        "Please retry after 26 seconds., 26000",
        "Try again in 5m, 300000",
    })
    void findsTheWaitInTheMessageToo(String message, long millis) {
        assertThat(classify(429, "{\"error\":{\"message\":\"" + message + "\"}}")
                        .retryAfter())
                .contains(Duration.ofMillis(millis));
    }

    @Test
    void takesNoWaitFromTheClientsOwnMistakes() {
        assertThat(Samples.ADAPTER
                        .classify(400, Headers.of("Retry-After", "9"), new byte[0])
                        .retryAfter())
                .isEmpty();
    }

    private static Failure classify(int status, String body) {
        return Samples.ADAPTER.classify(status, Headers.none(), body.getBytes(UTF_8));
    }
}
