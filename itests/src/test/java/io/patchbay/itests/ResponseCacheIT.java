package io.patchbay.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import io.patchbay.testkit.FakeAnswers;
import io.patchbay.testkit.FakeExchange;
import io.patchbay.testkit.FakeUpstream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The response cache, seen from outside. */
class ResponseCacheIT {
    private static final String OPERATOR_KEY = "management-key-of-the-operator";
    private static final String[] WANTED = {"X-OpenRouter-Cache", "true", "X-OpenRouter-Cache-TTL", "60"};
    private static final AtomicInteger ANSWERS = new AtomicInteger();

    private static FakeUpstream provider;
    private static Distribution gateway;
    private static Api operator;

    @BeforeAll
    static void start() {
        provider = FakeUpstream.start().answer(ResponseCacheIT::answer);
        gateway = Distribution.withHome("response-cache")
                .with("PATCHBAY_BOOTSTRAP_KEY", OPERATOR_KEY)
                .configured(
                        "io.patchbay.provider~fake.cfg",
                        "adapter = openai\nbase-url = " + provider.baseUrl() + "\nmodels = fake/one=one\n"
                                + "price-prompt = 1000\nprice-completion = 1000\napi-key = upstream-secret\n")
                .start();
        operator = new Api(gateway, OPERATOR_KEY);
    }

    private static void answer(FakeExchange exchange) throws IOException, InterruptedException {
        var text = "answer " + ANSWERS.incrementAndGet();
        if (exchange.request().path().endsWith("/embeddings")) {
            FakeAnswers.json(
                            200,
                            "{\"data\":[{\"object\":\"embedding\",\"index\":0,\"embedding\":[" + ANSWERS
                                    + "]}],\"usage\":{\"prompt_tokens\":5,\"total_tokens\":5}}")
                    .run(exchange);
            return;
        }
        boolean streams = exchange.request().bodyText().contains("\"stream\":true");
        (streams ? FakeAnswers.chatStream(text) : FakeAnswers.chat(text)).run(exchange);
    }

    @AfterAll
    static void stop() {
        gateway.close();
        provider.close();
    }

    private static Api client(String account) {
        operator.fund(account, "10");
        return operator.app(account);
    }

    private static String header(Api.Answer answer, String name) {
        return answer.response().headers().firstValue(name).orElse("");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "/chat/completions | {'model':'fake/one','messages':[{'role':'user','content':'chat'}]}",
                "/chat/completions | {'model':'fake/one','stream':true,'messages':[{'role':'user','content':'chat'}]}",
                "/messages | {'model':'fake/one','max_tokens':9,'messages':[{'role':'user','content':'messages'}]}",
                "/messages | {'model':'fake/one','max_tokens':9,'stream':true,'messages':[{'role':'user','content':'messages'}]}",
                "/responses | {'model':'fake/one','input':'responses'}",
                "/responses | {'model':'fake/one','stream':true,'input':'responses'}",
                "/completions | {'model':'fake/one','prompt':'completions'}",
            })
    void theSameQuestionIsAnsweredFromTheCacheForNothing(String path, String quoted) {
        var request = quoted.replace('\'', '"');
        var client = client("account-" + ANSWERS.get());
        int before = provider.requests().size();

        var first = client.send("POST", path, request, WANTED);
        var spent = client.get("/key").data().get("usage");
        var second = client.send("POST", path, request, WANTED);

        assertThat(first.status()).as(first.text()).isEqualTo(200);
        assertThat(second.status()).as(second.text()).isEqualTo(200);
        assertThat(provider.requests()).hasSize(before + 1);
        var answer = "answer " + ANSWERS.get();
        assertThat(first.text()).contains(answer);
        assertThat(second.text()).contains(answer);
        assertRepeated(client, first, second, spent);
    }

    private static void assertRepeated(Api client, Api.Answer first, Api.Answer second, JsonElement spent) {
        assertThat(header(first, "X-OpenRouter-Cache-Status")).isEqualTo("MISS");
        assertThat(header(second, "X-OpenRouter-Cache-Status")).isEqualTo("HIT");
        assertThat(header(second, "X-OpenRouter-Cache-TTL")).isEqualTo("60");
        assertThat(header(second, "X-OpenRouter-Cache-Source-Id")).isEqualTo(header(first, "X-Generation-Id"));
        assertThat(header(second, "X-Generation-Id")).startsWith("gen-").isNotEqualTo(header(first, "X-Generation-Id"));
        var record = client.get("/generation?id=" + header(second, "X-Generation-Id"))
                .data();
        assertThat(record.get("total_cost").getAsInt()).isZero();
        assertThat(record.get("response_cache_source_id").getAsString()).isEqualTo(header(first, "X-Generation-Id"));
        assertThat(record.get("model").getAsString()).isEqualTo("fake/one");
        assertThat(spent.getAsBigDecimal()).isPositive();
        assertThat(client.get("/key").data().get("usage")).isEqualTo(spent);
    }

    @Test
    void theSameTextsHaveTheirVectorsFromTheCacheForNothing() {
        var request = "{\"model\":\"fake/one\",\"input\":\"embeddings\",\"encoding_format\":\"float\"}";
        var client = client("vectors");
        int before = provider.requests().size();

        var first = client.send("POST", "/embeddings", request, WANTED);
        var spent = client.get("/key").data().get("usage");
        var second = client.send("POST", "/embeddings", request, WANTED);

        assertThat(first.status()).as(first.text()).isEqualTo(200);
        assertThat(second.status()).as(second.text()).isEqualTo(200);
        assertThat(provider.requests()).hasSize(before + 1);
        assertThat(first.json().get("data").toString()).contains("[" + ANSWERS + "]");
        assertThat(second.json().get("data")).isEqualTo(first.json().get("data"));
        var usage = second.json().getAsJsonObject("usage");
        assertThat(usage.get("prompt_tokens").getAsInt()).isZero();
        assertThat(usage.get("cost").getAsInt()).isZero();
        assertRepeated(client, first, second, spent);

        var other = client.send("POST", "/embeddings", request.replace("embeddings\"", "others\""), WANTED);
        assertThat(header(other, "X-OpenRouter-Cache-Status")).isEqualTo("MISS");
    }

    @Test
    void theAnswerOfOneKeyIsNotAnothers() {
        var request = "{\"model\":\"fake/one\",\"messages\":[{\"role\":\"user\",\"content\":\"mine\"}]}";
        var mine = client("mine").send("POST", "/chat/completions", request, WANTED);
        var others = client("others").send("POST", "/chat/completions", request, WANTED);

        assertThat(header(others, "X-OpenRouter-Cache-Status")).isEqualTo("MISS");
        assertThat(others.text()).isNotEqualTo(mine.text());
    }

    @Test
    void whoeverDoesNotAskForItGetsAnAnswerOfTheirOwn() {
        var client = client("plain");

        var first = client.chat("fake/one");
        var second = client.chat("fake/one");

        assertThat(header(second, "X-OpenRouter-Cache-Status")).isEmpty();
        assertThat(second.json().get("choices")).isNotEqualTo(first.json().get("choices"));
    }

    @Test
    void aKeyThatIsNoGoodGetsNothingFromTheCache() {
        var client = client("disabled");
        var request = "{\"model\":\"fake/one\",\"messages\":[{\"role\":\"user\",\"content\":\"disabled\"}]}";
        var unused = client.send("POST", "/chat/completions", request, WANTED);
        var hash = operator.get("/keys?account=disabled")
                .json()
                .getAsJsonArray("data")
                .get(0)
                .getAsJsonObject()
                .get("hash")
                .getAsString();
        assertThat(operator.send("PATCH", "/keys/" + hash, "{\"disabled\":true}")
                        .status())
                .isEqualTo(200);

        assertThat(client.send("POST", "/chat/completions", request, WANTED).status())
                .isEqualTo(401);
    }
}
