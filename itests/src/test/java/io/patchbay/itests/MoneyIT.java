package io.patchbay.itests;

import static io.patchbay.testkit.FakeAnswers.chat;
import static io.patchbay.testkit.FakeAnswers.chatChunk;
import static io.patchbay.testkit.FakeAnswers.error;
import static io.patchbay.testkit.FakeAnswers.json;
import static io.patchbay.testkit.FakeAnswers.reset;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.patchbay.testkit.FakeExchange;
import io.patchbay.testkit.FakeUpstream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Nobody spends more than they have or pays for what they did not get, whatever clients and providers do: asked over
 * HTTP, seen in the answers, the credit and the ledger.
 */
class MoneyIT {
    private static final String OPERATOR_KEY = "management-key-of-the-operator";
    private static final int RACERS = 200;
    /** At 1000 and 2000 dollars a million: 5 prompt tokens and 7 of an answer. */
    private static final BigDecimal ANSWER = new BigDecimal("0.019");

    private static final BigDecimal COMPLETION_TOKEN = new BigDecimal("0.002");
    private static final Pattern ID = Pattern.compile("\"id\":\"(gen-[^\"]+)\"");
    private static final Pattern COST = Pattern.compile("\"cost\":([0-9.eE-]+)");
    private static final Pattern MODEL = Pattern.compile("\"model\":\"([^\"]+)\"");

    private static final Map<String, FakeUpstream.Script> SCRIPTS = new ConcurrentHashMap<>();
    private static FakeUpstream upstream;
    private static Distribution gateway;
    private static Api operator;
    private static int accounts;

    @BeforeAll
    static void start() {
        upstream = FakeUpstream.start();
        upstream.answer(MoneyIT::answer);
        gateway = Distribution.withHome("money")
                .with("PATCHBAY_BOOTSTRAP_KEY", OPERATOR_KEY)
                .configured(
                        "io.patchbay.provider~fake-provider.cfg",
                        "base-url = " + upstream.baseUrl() + "\ncredential-required = false\n"
                                + "idle-timeout = 1s\nfirst-byte-timeout = 1s\nauthor = fake\ndiscovery-interval = 1h\n"
                                + "models = " + models() + "\nprice-prompt = 1000\nprice-completion = 2000\n")
                .start();
        operator = new Api(gateway, OPERATOR_KEY);
    }

    @AfterAll
    static void stop() {
        try {
            assertThat(gateway.console("patchbay:ledger-verify")).contains("The ledger is right");
        } finally {
            gateway.close();
            upstream.close();
        }
    }

    private static String models() {
        return String.join(
                ", ",
                IntStream.range(0, 60).mapToObj(i -> "fake/m" + i + "=m" + i).toList());
    }

    private static void answer(FakeExchange exchange) throws IOException, InterruptedException {
        var model = MODEL.matcher(exchange.request().bodyText());
        var script = model.find() ? SCRIPTS.get(model.group(1)) : null;
        (script == null ? chat("one two three") : script).run(exchange);
    }

    /** The race. */
    @Test
    void ofManyThatRaceForTheSameCreditAsManyAreAnsweredAsItPaysFor() throws Exception {
        SCRIPTS.put("m0", MoneyIT::streamSlowly);
        SCRIPTS.put("m1", exchange -> {
            exchange.pause(Duration.ofMillis(50));
            chat("one two three").run(exchange);
        });
        var credit = ANSWER.multiply(BigDecimal.valueOf(20));
        var account = account(credit);
        var app = operator.app(account);

        var answers = race(i -> app.post(
                "/chat/completions",
                "{\"model\":\"fake/m" + i % 2 + "\",\"max_tokens\":7,\"stream\":" + (i % 2 == 0)
                        + ",\"usage\":{\"include\":true},\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}"));

        var paid = answers.stream().filter(answer -> answer.status() == 200).toList();
        var refused = answers.stream().filter(answer -> answer.status() == 402).toList();
        var spent = spent(account);
        System.out.printf(
                "race: %d answered, %d refused, %s of %s spent%n", paid.size(), refused.size(), spent, credit);
        assertThat(paid.size() + refused.size()).isEqualTo(RACERS);
        assertThat(paid).isNotEmpty();
        assertThat(spent).isLessThanOrEqualTo(credit.add(COMPLETION_TOKEN));
        assertThat(refused)
                .allSatisfy(answer -> assertThat(
                                metadata(answer).get("limit_source").getAsString())
                        .isIn("credits", "in_flight_budget"));
        assertThat(paid.stream().map(MoneyIT::cost).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(spent);
        assertBooksAgree(account, credit.subtract(spent));
    }

    /** L3, L5. */
    @Test
    void failuresOfAllKindsCostNothingAndHoldNothing() {
        var account = account(BigDecimal.ONE);
        var app = operator.app(account);
        var scripts = List.<FakeUpstream.Script>of(
                error(400, "no"),
                error(401, "no"),
                error(402, "no"),
                error(403, "no"),
                error(404, "no"),
                error(408, "no"),
                error(413, "no"),
                error(422, "no"),
                error(429, "slow down"),
                error(500, "oops"),
                error(502, "oops"),
                error(503, "busy"),
                error(529, "busy"),
                reset(),
                json(200, ""),
                json(200, "{"),
                json(200, "<html>"),
                json(200, "{\"error\":{\"message\":\"late\",\"code\":500}}"),
                exchange -> exchange.pause(Duration.ofSeconds(3)),
                MoneyIT::cutInTheMiddle,
                MoneyIT::errorInTheMiddle,
                MoneyIT::endWithoutReason);
        for (int i = 0; i < scripts.size(); i++) {
            SCRIPTS.put("m" + (10 + i), scripts.get(i));
        }

        for (boolean stream : new boolean[] {false, true}) {
            for (int i = 0; i < scripts.size(); i++) {
                ask(app, "fake/m" + (10 + i), stream);
            }
        }

        assertThat(spent(account)).isEqualByComparingTo(BigDecimal.ZERO);
        assertBooksAgree(account, BigDecimal.ONE);
    }

    /** L4. */
    @Test
    void aStreamThatItsClientBreaksOffCostsWhatWasProduced() throws Exception {
        var goneAt = new CompletableFuture<Integer>();
        SCRIPTS.put("m3", exchange -> {
            exchange.sseHead();
            int words = 0;
            try {
                while (words < 500) {
                    exchange.chunk("data: " + chatChunk("{\"content\":\"word \"}", "null") + "\n\n")
                            .pause(Duration.ofMillis(10));
                    words++;
                }
            } catch (IOException gone) {
                goneAt.complete(words);
            }
        });
        var account = account(BigDecimal.ONE);
        var id = operator.app(account).breakOff("fake/m3", 5);

        int words = goneAt.get(10, TimeUnit.SECONDS);
        assertThat(words).as("the provider is told at once").isBetween(5, 400);
        var record = awaitRecord(id);
        assertThat(record.get("cancelled").getAsBoolean()).isTrue();
        assertThat(record.getAsJsonArray("provider_responses")).hasSize(1);
        assertThat(record.get("tokens_completion").getAsInt()).isGreaterThanOrEqualTo(5);
        var spent = spent(account);
        assertThat(spent)
                .isEqualByComparingTo(record.get("total_cost").getAsBigDecimal())
                .isBetween(COMPLETION_TOKEN, COMPLETION_TOKEN.multiply(BigDecimal.valueOf(2L * words + 20)));
        assertBooksAgree(account, BigDecimal.ONE.subtract(spent));
    }

    /** The record of a generation, once it is over. */
    private static JsonObject awaitRecord(String id) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        var answer = operator.get("/generation?id=" + id);
        while (answer.status() == 404 && System.nanoTime() < end) {
            answer = operator.get("/generation?id=" + id);
        }
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.data();
    }

    /** L8. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"prompt_tokens\":-5,\"completion_tokens\":-7,\"total_tokens\":-12}",
                "{\"prompt_tokens\":\"5\",\"completion_tokens\":\"seven\"}",
                "{\"prompt_tokens\":1e15,\"completion_tokens\":1e15,\"total_tokens\":2e15}",
                "{\"prompt_tokens\":1e999,\"completion_tokens\":1e999}",
                "{\"prompt_tokens\":null}",
                "[]",
                "7",
                "null",
                "NaN"
            })
    void whateverAProviderSaysOfUsageNobodyIsPaidOrRuined(String usage) {
        SCRIPTS.put(
                "m2",
                json(
                        200,
                        "{\"id\":\"x\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":[{"
                                + "\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"one two three\"},"
                                + "\"finish_reason\":\"stop\"}],\"usage\":" + usage + "}"));
        var account = account(BigDecimal.ONE);

        var answer = ask(operator.app(account), "fake/m2", false);

        var spent = spent(account);
        assertThat(spent).isBetween(BigDecimal.ZERO, BigDecimal.ONE);
        if (answer.status() == 200) {
            assertThat(cost(answer)).isEqualByComparingTo(spent);
        }
        assertBooksAgree(account, BigDecimal.ONE.subtract(spent));
    }

    private Api.Answer ask(Api app, String model, boolean stream) {
        return app.post(
                "/chat/completions",
                "{\"model\":\"" + model + "\",\"stream\":" + stream
                        + ",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}");
    }

    /** L2: the balance, the ledger's entries, records and what accounts see say the same, and nothing is held. */
    private static void assertBooksAgree(String account, BigDecimal left) {
        var credits = operator.get("/credits?account=" + account).data();
        var sum = BigDecimal.ZERO;
        var page = operator.get("/ledger?limit=1000&account=" + account).json();
        for (var transfer : page.getAsJsonArray("data")) {
            for (var entry : transfer.getAsJsonObject().getAsJsonArray("entries")) {
                var leg = entry.getAsJsonObject();
                if (leg.get("account").getAsString().equals("credit/" + account)) {
                    sum = sum.add(leg.get("amount").getAsBigDecimal());
                }
            }
            assertRecordAgrees(transfer.getAsJsonObject());
        }
        assertThat(sum).isEqualByComparingTo(left);
        var used = charged(page.getAsJsonArray("data"));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (activity(account).compareTo(used) != 0 && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(activity(account)).isEqualByComparingTo(used);
        assertThat(credits.get("total_credits")
                        .getAsBigDecimal()
                        .subtract(credits.get("total_usage").getAsBigDecimal()))
                .isEqualByComparingTo(left);
        assertThat(credits.get("held").getAsBigDecimal()).isEqualByComparingTo(BigDecimal.ZERO);
    }

    private static void assertRecordAgrees(JsonObject transfer) {
        if (!transfer.get("kind").getAsString().equals("charge")) {
            return;
        }
        var generation = operator.get("/generation?id=" + transfer.get("id").getAsString());
        assertThat(generation.data().get("total_cost").getAsBigDecimal()).isEqualByComparingTo(charged(transfer));
    }

    private static BigDecimal charged(JsonArray transfers) {
        return transfers.asList().stream()
                .map(JsonElement::getAsJsonObject)
                .filter(transfer -> transfer.get("kind").getAsString().equals("charge"))
                .map(MoneyIT::charged)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal charged(JsonObject transfer) {
        return transfer.getAsJsonArray("entries").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .filter(leg -> leg.get("account").getAsString().startsWith("credit/"))
                .map(leg -> leg.get("amount").getAsBigDecimal().negate())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal activity(String account) {
        return operator.get("/activity?account=" + account).json().getAsJsonArray("data").asList().stream()
                .map(row -> row.getAsJsonObject().get("usage").getAsBigDecimal())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static void streamSlowly(FakeExchange exchange) throws IOException, InterruptedException {
        exchange.sseHead();
        for (int i = 0; i < 7; i++) {
            exchange.chunk("data: " + chatChunk("{\"content\":\"word\"}", "null") + "\n\n")
                    .pause(Duration.ofMillis(10));
        }
        exchange.chunk("data: " + chatChunk("{}", "\"stop\"") + "\n\n")
                .chunk("data: {\"id\":\"x\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\","
                        + "\"choices\":[],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":7,\"total_tokens\":12}}"
                        + "\n\ndata: [DONE]\n\n")
                .lastChunk();
    }

    private static void cutInTheMiddle(FakeExchange exchange) throws IOException {
        exchange.sseHead().chunk("data: " + chatChunk("{\"content\":\"half\"}", "null") + "\n\n");
        exchange.close();
    }

    private static void errorInTheMiddle(FakeExchange exchange) throws IOException {
        exchange.sseHead()
                .chunk("data: " + chatChunk("{\"content\":\"half\"}", "null") + "\n\n")
                .chunk("data: {\"error\":{\"message\":\"broken\",\"code\":500}}\n\n")
                .lastChunk();
    }

    private static void endWithoutReason(FakeExchange exchange) throws IOException {
        exchange.sseHead()
                .chunk("data: " + chatChunk("{\"content\":\"half\"}", "null") + "\n\n")
                .lastChunk();
    }

    private interface Racer {
        Api.Answer run(int number);
    }

    private static List<Api.Answer> race(Racer racer) throws Exception {
        var threads = Executors.newFixedThreadPool(RACERS);
        var start = new CountDownLatch(1);
        try {
            var running = IntStream.range(0, RACERS)
                    .mapToObj(i -> threads.submit((Callable<Api.Answer>) () -> {
                        start.await();
                        return racer.run(i);
                    }))
                    .toList();
            start.countDown();
            var answers = new ArrayList<Api.Answer>();
            for (var one : running) {
                answers.add(one.get());
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }

    private static String account(BigDecimal credit) {
        var id = "account-" + ++accounts;
        operator.post("/accounts", "{\"id\":\"" + id + "\"}");
        operator.post("/credits/grant", "{\"account\":\"" + id + "\",\"amount\":" + credit.toPlainString() + '}');
        return id;
    }

    private static BigDecimal spent(String account) {
        return operator.get("/credits?account=" + account)
                .data()
                .get("total_usage")
                .getAsBigDecimal();
    }

    private static JsonObject metadata(Api.Answer refused) {
        return refused.json().getAsJsonObject("error").getAsJsonObject("metadata");
    }

    /**
     * What an answer cost, by its record; it says the same itself, unless it is a stream that was cut because the credit
     * was used up.
     */
    private static BigDecimal cost(Api.Answer answer) {
        var id = ID.matcher(answer.text());
        assertThat(id.find()).as(answer.text()).isTrue();
        var cost = operator.get("/generation?id=" + id.group(1))
                .data()
                .get("total_cost")
                .getAsBigDecimal();
        var said = COST.matcher(answer.text());
        if (said.find()) {
            assertThat(cost).isEqualByComparingTo(said.group(1));
        } else {
            assertThat(answer.text()).contains("\"finish_reason\":\"error\"", "payment_required");
        }
        return cost;
    }
}
