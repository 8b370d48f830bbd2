package io.patchbay.itests;

import static io.patchbay.testkit.FakeAnswers.chat;
import static io.patchbay.testkit.FakeAnswers.chatChunk;
import static io.patchbay.testkit.FakeAnswers.chatStream;
import static io.patchbay.testkit.FakeAnswers.error;
import static io.patchbay.testkit.FakeAnswers.never;
import static io.patchbay.testkit.FakeAnswers.reset;
import static io.patchbay.testkit.FakeAnswers.sse;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.patchbay.testkit.FakeExchange;
import io.patchbay.testkit.FakeUpstream;
import io.patchbay.testkit.FakeUpstream.Script;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The sixteen faults that a gateway is there for, each with a provider that has it and one that is well, asked over HTTP:
 * the client gets its answer, or, once it has heard a part of it, is told plainly that there is no more. Each fault has
 * a model of its own, so that none suffers from what another has taught.
 */
class SixteenFaultsIT {
    private static final String OPERATOR_KEY = "management-key-of-the-operator";
    private static final Pattern MODEL = Pattern.compile("\"model\":\"([^\"]+)\"");
    private static final Pattern GIVEN_UP = Pattern.compile("shaky:fake/f7 *\\| timeout *\\| *(\\d+)");
    /** Providers are given a second for each step. */
    private static final Duration SOON = Duration.ofSeconds(3);

    private static final FakeProvider SHAKY = new FakeProvider();
    private static final FakeProvider SOLID = new FakeProvider();
    private static Distribution gateway;
    private static Api operator;
    private static Api client;

    /** A provider that answers each model as it is told to, and well if it was told nothing. */
    private static final class FakeProvider {
        private final FakeUpstream upstream = FakeUpstream.start().answer(this::answer);
        private final Map<String, Script> scripts = new ConcurrentHashMap<>();

        private void answer(FakeExchange exchange) throws IOException, InterruptedException {
            scripts.getOrDefault(model(exchange.request().bodyText()), SixteenFaultsIT::answerWell)
                    .run(exchange);
        }

        void answer(String model, Script script) {
            scripts.put(model, script);
        }

        /** How often a model was asked for. */
        long asked(String model) {
            return upstream.requests().stream()
                    .filter(request -> model(request.bodyText()).equals(model))
                    .count();
        }

        String file(String prices) {
            var models = IntStream.rangeClosed(1, 16)
                    .mapToObj(i -> "fake/f" + i + "=f" + i)
                    .collect(Collectors.joining(", "));
            return "base-url = " + upstream.baseUrl() + "\ncredential-required = false\ndiscovery-interval = 1h\n"
                    + "idle-timeout = 1s\nfirst-byte-timeout = 1s\nmodels = " + models + ", fake/large=large\n"
                    + prices;
        }

        private static String model(String body) {
            var model = MODEL.matcher(body);
            return model.find() ? model.group(1) : "";
        }
    }

    private static void answerWell(FakeExchange exchange) throws IOException, InterruptedException {
        boolean stream = exchange.request().bodyText().contains("\"stream\":true");
        (stream ? chatStream("fi", "ne") : chat("fine")).run(exchange);
    }

    @BeforeAll
    static void start() {
        gateway = Distribution.withHome("sixteen-faults")
                .with("PATCHBAY_BOOTSTRAP_KEY", OPERATOR_KEY)
                .configured(
                        "io.patchbay.provider~shaky.cfg", SHAKY.file("price-prompt = 1000\nprice-completion = 1000\n"))
                .configured(
                        "io.patchbay.provider~solid.cfg", SOLID.file("price-prompt = 2000\nprice-completion = 2000\n"))
                .configured("io.patchbay.gateway.cfg", "first-token-patience-millis = 300\n")
                .start();
        operator = new Api(gateway, OPERATOR_KEY);
        client = new Api(gateway, gateway.key());
    }

    @AfterAll
    static void stop() {
        gateway.close();
        SHAKY.upstream.close();
        SOLID.upstream.close();
    }

    @Test
    void fault01RateLimitedWithRetryAfter() {
        SHAKY.answer("f1", tooMany("2"));

        for (int i = 0; i < 5; i++) {
            assertIsWhole("f1");
        }
        assertThat(SHAKY.asked("f1"))
                .as("once, and not again within those two seconds")
                .isEqualTo(1);

        var alone = client.post("/chat/completions", request("f1", false, "\"provider\":{\"only\":[\"shaky\"]}"));
        assertThat(alone.status()).isEqualTo(429);
        assertThat(alone.response().headers().firstValue("Retry-After"))
                .hasValueSatisfying(seconds -> assertThat(seconds).isIn("1", "2"));
    }

    @Test
    void fault02RateLimitedForGood() {
        SHAKY.answer("f2", error(429, "slow down"));

        for (int i = 0; i < 20; i++) {
            assertIsWhole("f2");
        }
        assertThat(SHAKY.asked("f2")).as("is given a rest").isLessThan(20);
    }

    @Test
    void fault03ASingle500() {
        var times = new AtomicInteger();
        SHAKY.answer("f3", exchange -> {
            if (times.getAndIncrement() == 0) {
                error(500, "oops").run(exchange);
            } else {
                answerWell(exchange);
            }
        });

        assertThat(provider(whole("f3", "\"provider\":{\"order\":[\"shaky\"]}")))
                .isEqualTo("solid");
        assertThat(provider(whole("f3", "\"provider\":{\"order\":[\"shaky\"]}")))
                .as("one failure is no reason to give somebody up")
                .isEqualTo("shaky");
    }

    @Test
    void fault04Unavailable() {
        SHAKY.answer("f4", error(503, "down for maintenance"));

        for (int i = 0; i < 20; i++) {
            assertIsWhole("f4");
        }
        assertThat(SHAKY.asked("f4")).as("ejected after the fifth").isEqualTo(5);
    }

    @Test
    void fault05ConnectionReset() {
        SHAKY.answer("f5", reset());

        assertIsWhole("f5");
    }

    @Test
    void fault06NoResponse() {
        SHAKY.answer("f6", never());

        assertIsWhole("f6");
    }

    @Test
    void fault07SlowFirstToken() {
        // What it is like when it is well has to be known.
        for (int i = 0; i < 20; i++) {
            streamed("f7", "\"provider\":{\"only\":[\"shaky\"]}");
        }
        SHAKY.answer("f7", exchange -> {
            exchange.sseHead().pause(Duration.ofSeconds(20));
            answerWell(exchange);
        });

        var answer = streamed("f7", "\"provider\":{\"order\":[\"shaky\"]}");
        assertThat(provider(answer)).isEqualTo("solid");
        var id = objects(answer).get(0).get("id").getAsString();
        var attempt = GIVEN_UP.matcher(gateway.console("patchbay:explain " + id));
        assertThat(attempt.find()).isTrue();
        assertThat(Integer.parseInt(attempt.group(1)))
                .as("milliseconds, before the provider's own time was over")
                .isBetween(300, 999);
    }

    @Test
    void fault08StreamCut() {
        SHAKY.answer("f8", exchange -> {
            begin(exchange);
            exchange.close();
        });

        assertBreaksPlainly("f8");
    }

    @Test
    void fault09StreamStalls() {
        SHAKY.answer("f9", exchange -> {
            begin(exchange);
            never().run(exchange);
        });

        assertBreaksPlainly("f9");
    }

    @Test
    void fault10MalformedChunk() {
        SHAKY.answer("f10", sse(chatChunk("{\"content\":\"half\"}", "null"), "{\"choices\":[{\"ind"));
        assertBreaksPlainly("f10");

        SHAKY.answer("f10", sse("{\"choices\":[{\"ind"));
        assertThat(provider(streamed("f10", "\"provider\":{\"order\":[\"shaky\"]}")))
                .as("before the client has heard anything")
                .isEqualTo("solid");
    }

    @Test
    void fault11NoDone() {
        SHAKY.answer("f11", sse(chatChunk("{\"content\":\"fine\"}", "null"), chatChunk("{}", "\"stop\"")));

        var answer = streamed("f11", "\"provider\":{\"order\":[\"shaky\"]}");

        assertThat(provider(answer)).isEqualTo("shaky");
        assertThat(answer.text())
                .contains("\"fine\"", "\"finish_reason\":\"stop\"")
                .endsWith("data: [DONE]\n\n");
    }

    @Test
    void fault12ContextTooLong() {
        var tooLong = error(400, "This model's maximum context length is 8192 tokens. However, you sent 9000.");
        SHAKY.answer("f12", tooLong);
        SOLID.answer("f12", tooLong);

        for (boolean stream : new boolean[] {false, true}) {
            var answer = client.post(
                    "/chat/completions", request("f12", stream, "\"models\":[\"fake/f12\",\"fake/large\"]"));
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            assertThat(answer.text()).contains("\"model\":\"fake/large\"");
        }
        assertThat(SHAKY.asked("f12") + SOLID.asked("f12"))
                .as("the same model is as short elsewhere")
                .isEqualTo(2);
    }

    @Test
    void fault13ContentFilter() {
        SHAKY.answer(
                "f13",
                error(
                        400,
                        "The response was filtered due to the prompt triggering our content management"
                                + " policy. content_filter"));

        assertIsWhole("f13");
    }

    /** The first fails, and the one to fall back on does not continue answers. */
    @Test
    void fault14FallbackThatRefusesPrefill() {
        SHAKY.answer(
                "f14",
                error(
                        400,
                        "This model does not support assistant message prefill. The conversation must"
                                + " end with a user message."));
        var prefilled = "{\"model\":\"fake/f14\",\"provider\":{\"order\":[\"shaky\"]},\"messages\":["
                + "{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"assistant\",\"content\":\"Well,\"}]}";

        assertThat(provider(client.post("/chat/completions", prefilled))).isEqualTo("solid");
        for (int i = 0; i < 10; i++) {
            assertThat(client.post("/chat/completions", prefilled.replace("\"provider\":{\"order\":[\"shaky\"]},", ""))
                            .status())
                    .isEqualTo(200);
        }
        assertThat(SHAKY.asked("f14")).as("it is not asked for that again").isEqualTo(1);
        assertThat(client.chat("fake/f14").status()).isEqualTo(200);
    }

    @Test
    void fault15Flapping() {
        var times = new AtomicInteger();
        SHAKY.answer("f15", exchange -> {
            if (times.getAndIncrement() % 3 == 0) {
                answerWell(exchange);
            } else {
                error(502, "bad gateway").run(exchange);
            }
        });

        for (int i = 0; i < 40; i++) {
            assertIsWhole("f15");
        }
    }

    /** The one that failed had counted tokens; the client pays for those of the one that answered, at its price. */
    @Test
    void fault16AccountingAcrossAFailover() {
        SHAKY.answer(
                "f16",
                sse(
                        "{\"id\":\"x\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[],"
                                + "\"usage\":{\"prompt_tokens\":900,\"completion_tokens\":900,\"total_tokens\":1800}}",
                        "{\"error\":{\"message\":\"broken\",\"code\":500}}"));
        operator.post("/accounts", "{\"id\":\"payer\"}");
        operator.post("/credits/grant", "{\"account\":\"payer\",\"amount\":1}");
        var payer = operator.app("payer");

        var answer = payer.post("/chat/completions", request("f16", true, "\"provider\":{\"order\":[\"shaky\"]}"));

        assertThat(provider(answer)).isEqualTo("solid");
        var credits = operator.get("/credits?account=payer").data();
        assertThat(credits.get("total_usage").getAsBigDecimal())
                .as("12 tokens at 2000 dollars a million")
                .isEqualByComparingTo(new BigDecimal("0.024"));
        assertThat(credits.get("held").getAsBigDecimal()).isEqualByComparingTo(BigDecimal.ZERO);
        assertThat(gateway.console("patchbay:ledger-verify")).contains("The ledger is right");
    }

    private static Script tooMany(String seconds) {
        return exchange -> {
            var body = "{\"error\":{\"message\":\"slow down\"}}".getBytes(StandardCharsets.UTF_8);
            exchange.head(
                            429,
                            "Retry-After: " + seconds,
                            "Content-Type: application/json",
                            "Content-Length: " + body.length)
                    .write(body);
        };
    }

    private static void begin(FakeExchange exchange) throws IOException {
        exchange.sseHead().chunk("data: " + chatChunk("{\"content\":\"half\"}", "null") + "\n\n");
    }

    /** With the one that fails first, whole and streamed. */
    private static void assertIsWhole(String model) {
        long begun = System.nanoTime();
        assertThat(whole(model, "").text()).contains("\"fine\"", "\"finish_reason\":\"stop\"");
        assertThat(streamed(model, "").text())
                .contains("\"fi\"", "\"ne\"", "\"finish_reason\":\"stop\"")
                .doesNotContain("\"error\"")
                .endsWith("data: [DONE]\n\n");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(SOON.multipliedBy(2));
    }

    /** What the client has heard can't be taken back: it is told, and never that the answer was whole. */
    private static void assertBreaksPlainly(String model) {
        long begun = System.nanoTime();
        var answer = client.post("/chat/completions", request(model, true, "\"provider\":{\"order\":[\"shaky\"]}"));

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(SOON);
        assertThat(answer.text())
                .contains("\"half\"", "\"error\"", "\"finish_reason\":\"error\"")
                .doesNotContain("\"finish_reason\":\"stop\"", "\"fine\"");
    }

    private static Api.Answer whole(String model, String more) {
        return answered(client.post("/chat/completions", request(model, false, orCheapestFirst(more))));
    }

    private static Api.Answer streamed(String model, String more) {
        return answered(client.post("/chat/completions", request(model, true, orCheapestFirst(more))));
    }

    private static String orCheapestFirst(String more) {
        return more.isEmpty() ? "\"provider\":{\"sort\":\"price\"}" : more;
    }

    private static Api.Answer answered(Api.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer;
    }

    private static String request(String model, boolean stream, String more) {
        return "{\"model\":\"fake/" + model + "\",\"stream\":" + stream
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]," + more + "}";
    }

    /** Who answered. */
    private static String provider(Api.Answer answer) {
        return objects(answer).get(0).get("provider").getAsString();
    }

    private static List<JsonObject> objects(Api.Answer answer) {
        if (answer.text().startsWith("{")) {
            return List.of(answer.json());
        }
        return answer.text()
                .lines()
                .filter(line -> line.startsWith("data: {"))
                .map(line -> JsonParser.parseString(line.substring(6)).getAsJsonObject())
                .toList();
    }
}
