package io.patchbay.itests;

import static io.patchbay.testkit.FakeAnswers.chat;
import static io.patchbay.testkit.FakeAnswers.error;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.patchbay.testkit.FakeUpstream;
import java.math.BigDecimal;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** L9: a request with an Idempotency-Key is answered once and charged once, however often it is sent. */
class IdempotencyIT {
    private static final String OPERATOR_KEY = "management-key-of-the-operator";
    private static final BigDecimal ANSWER = new BigDecimal("0.019");

    private static FakeUpstream upstream;
    private static Distribution gateway;
    private static Api operator;

    @BeforeAll
    static void start() {
        upstream = FakeUpstream.start();
        gateway = Distribution.withHome("idempotency")
                .with("PATCHBAY_BOOTSTRAP_KEY", OPERATOR_KEY)
                .configured(
                        "io.patchbay.provider~fake-provider.cfg",
                        "base-url = " + upstream.baseUrl() + "\ncredential-required = false\nmodels = fake/m=m\n"
                                + "price-prompt = 1000\nprice-completion = 2000\n")
                .start();
        operator = new Api(gateway, OPERATOR_KEY);
    }

    @AfterAll
    static void stop() {
        gateway.close();
        upstream.close();
    }

    @Test
    void ofAHundredAtOnceOneIsAnsweredAndTheOthersRepeatIt() throws Exception {
        var open = new CountDownLatch(1);
        upstream.answer(exchange -> {
            open.await();
            chat("one two three").run(exchange);
        });
        int before = upstream.requests().size();
        var acme = account("hundred");

        var clients = Executors.newFixedThreadPool(100);
        try {
            var answers = new ExecutorCompletionService<Api.Answer>(clients);
            for (int i = 0; i < 100; i++) {
                answers.submit(() -> ask(acme, "order-1", "hello"));
            }
            for (int i = 0; i < 99; i++) {
                assertThat(answers.take().get().status()).isEqualTo(409);
            }
            open.countDown();
            assertThat(answers.take().get().status()).isEqualTo(200);
        } finally {
            clients.shutdownNow();
        }

        var first = ask(acme, "order-1", "hello");
        var again = ask(acme, "order-1", "hello");
        assertThat(first.status()).isEqualTo(200);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.response().headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(ask(acme, "order-1", "goodbye").status()).isEqualTo(422);
        assertThat(upstream.requests()).hasSize(before + 1);
        assertThat(spent("hundred")).isEqualByComparingTo(ANSWER);
    }

    @Test
    void whoLostTheConnectionGetsTheAnswerWithTheNextTry() throws Exception {
        var arrived = new CountDownLatch(1);
        var open = new CountDownLatch(1);
        upstream.answer(exchange -> {
            arrived.countDown();
            open.await();
            chat("one two three").run(exchange);
        });
        int before = upstream.requests().size();
        var key = key("lost");
        var acme = new Api(gateway, key);
        try (var socket = new Socket(gateway.url().getHost(), gateway.url().getPort())) {
            var body = body("hello");
            socket.getOutputStream()
                    .write(("POST /api/v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + key
                                    + "\r\nIdempotency-Key: order-1\r\nContent-Length: " + body.length() + "\r\n\r\n"
                                    + body)
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(ask(acme, "order-1", "hello").status()).isEqualTo(409);
        open.countDown();

        assertThat(askUntilDone(acme).status()).isEqualTo(200);
        assertThat(upstream.requests()).hasSize(before + 1);
        assertThat(spent("lost")).isEqualByComparingTo(ANSWER);
    }

    @Test
    void whatFailedCanBeTriedAgainAndIsFoundByItsId() {
        upstream.answer(error(400, "no"));
        var acme = account("failed");
        var failed = ask(acme, "order-1", "hello");
        upstream.answer(chat("hello"));

        var answer = ask(acme, "order-1", "hello");

        assertThat(failed.status()).isEqualTo(400);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        var record = acme.get("/generation?id=" + answer.json().get("id").getAsString());
        assertThat(record.data().get("total_cost").getAsBigDecimal()).isEqualByComparingTo(spent("failed"));
    }

    @Test
    void afterACrashWhatWasChargedIsNotChargedAgain() {
        upstream.answer(chat("one two three"));
        var key = key("crash");
        var answer = ask(new Api(gateway, key), "order-1", "hello");
        var id = answer.json().get("id").getAsString();
        gateway.kill();
        gateway = gateway.restarted();
        operator = new Api(gateway, OPERATOR_KEY);
        var later = new Api(gateway, key);

        var again = ask(later, "order-1", "hello");

        assertThat(again.status()).isEqualTo(422);
        assertThat(again.text()).contains(id);
        assertThat(spent("crash")).isEqualByComparingTo(ANSWER);
        assertThat(ask(later, "order-2", "hello").status()).isEqualTo(200);
    }

    /** As a client does that was told to repeat it when the first one is done. */
    private static Api.Answer askUntilDone(Api who) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        var answer = ask(who, "order-1", "hello");
        while (answer.status() == 409 && System.nanoTime() < end) {
            answer = ask(who, "order-1", "hello");
        }
        return answer;
    }

    private static Api account(String id) {
        return new Api(gateway, key(id));
    }

    private static String key(String account) {
        operator.post("/accounts", "{\"id\":\"" + account + "\"}");
        operator.post("/credits/grant", "{\"account\":\"" + account + "\",\"amount\":10}");
        return operator.post("/keys", "{\"name\":\"k\",\"account\":\"" + account + "\"}")
                .json()
                .get("key")
                .getAsString();
    }

    private static BigDecimal spent(String account) {
        return operator.get("/credits?account=" + account)
                .data()
                .get("total_usage")
                .getAsBigDecimal();
    }

    private static Api.Answer ask(Api who, String name, String content) {
        return who.send("POST", "/chat/completions", body(content), "Idempotency-Key", name);
    }

    private static String body(String content) {
        var message = new JsonObject();
        message.addProperty("role", "user");
        message.addProperty("content", content);
        return "{\"model\":\"fake/m\",\"messages\":[" + message + "]}";
    }
}
