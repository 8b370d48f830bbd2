package io.patchbay.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.patchbay.itests.conformance.CheckedHttpClient;
import io.patchbay.testkit.FakeAnswers;
import io.patchbay.testkit.FakeExchange;
import io.patchbay.testkit.FakeUpstream;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Batches, as a script of a client's uses them. */
class BatchesIT {
    private static final String OPERATOR_KEY = "management-key-of-the-operator";
    private static final Duration LONG = Duration.ofSeconds(60);

    private static final AtomicInteger BUSY = new AtomicInteger();
    private static volatile long pauseMillis;
    private static FakeUpstream provider;
    private static Distribution gateway;
    private static Api operator;
    private static int accounts;

    private String account;
    private String key;
    private Api client;

    @BeforeAll
    static void start() {
        provider = FakeUpstream.start().answer(BatchesIT::answer);
        gateway = Distribution.withHome("batches")
                .with("PATCHBAY_BOOTSTRAP_KEY", OPERATOR_KEY)
                .configured("io.patchbay.provider~fake.cfg", """
                        adapter = openai
                        base-url = %s
                        models = fake/one=one
                        price-prompt = 1000
                        price-completion = 1000
                        api-key = upstream-secret
                        """.formatted(provider.baseUrl()))
                .start();
        operator = new Api(gateway, OPERATOR_KEY);
    }

    @BeforeEach
    void open() {
        pauseMillis = 0;
        account = "account-" + ++accounts;
        operator.fund(account, "100");
        key = operator.post("/keys", "{\"name\":\"app\",\"account\":\"" + account + "\"}")
                .json()
                .get("key")
                .getAsString();
        client = new Api(gateway, key);
    }

    private static void answer(FakeExchange exchange) throws IOException, InterruptedException {
        exchange.pause(Duration.ofMillis(pauseMillis));
        if (BUSY.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            FakeAnswers.error(503, "busy").run(exchange);
        } else if (exchange.request().bodyText().contains("bad")) {
            FakeAnswers.error(400, "no such thing").run(exchange);
        } else {
            FakeAnswers.chat("one two three").run(exchange);
        }
    }

    @AfterAll
    static void stop() {
        gateway.close();
        provider.close();
    }

    private static String line(int i, String content) {
        return "{\"custom_id\":\"line-" + i + "\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\","
                + "\"body\":{\"model\":\"fake/one\",\"messages\":[{\"role\":\"user\",\"content\":\"" + content
                + "\"}]}}";
    }

    private static String lines(int count) {
        return IntStream.range(0, count).mapToObj(i -> line(i, "hello")).collect(Collectors.joining("\n"));
    }

    private String upload(String text) throws Exception {
        var form = String.join(
                "\r\n",
                "--xyz",
                "Content-Disposition: form-data; name=\"purpose\"",
                "",
                "batch",
                "--xyz",
                "Content-Disposition: form-data; name=\"file\"; filename=\"requests.jsonl\"",
                "Content-Type: application/octet-stream",
                "",
                text,
                "--xyz--",
                "");
        var request = HttpRequest.newBuilder(URI.create(gateway.url() + "/files"))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "multipart/form-data; boundary=xyz")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        var answer = CheckedHttpClient.create().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonParser.parseString(answer.body()).getAsJsonObject().get("id").getAsString();
    }

    private JsonObject create(String file) {
        var answer = client.post(
                "/batches",
                "{\"input_file_id\":\"" + file + "\",\"endpoint\":\"/v1/chat/completions\","
                        + "\"completion_window\":\"24h\",\"metadata\":{\"job\":\"nightly\"}}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private JsonObject await(String id, String status) {
        long end = System.nanoTime() + LONG.toNanos();
        JsonObject batch;
        do {
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            batch = client.get("/batches/" + id).json();
        } while (!batch.get("status").getAsString().equals(status) && System.nanoTime() < end);
        assertThat(batch.get("status").getAsString()).as(batch.toString()).isEqualTo(status);
        return batch;
    }

    private List<JsonObject> content(JsonObject batch, String field) {
        var text = client.get("/files/" + batch.get(field).getAsString() + "/content")
                .text();
        return text.lines()
                .map(line -> JsonParser.parseString(line).getAsJsonObject())
                .toList();
    }

    private BigDecimal spent() {
        return client.get("/key").data().get("usage").getAsBigDecimal();
    }

    @Test
    void everyRequestIsAnsweredInAFile() throws Exception {
        BUSY.set(2);
        var text = lines(10) + '\n' + line(10, "bad");
        var made = create(upload(text));
        assertThat(made.getAsJsonObject("metadata").get("job").getAsString()).isEqualTo("nightly");

        var batch = await(made.get("id").getAsString(), "completed");

        var counts = batch.getAsJsonObject("request_counts");
        assertThat(counts).hasToString("{\"total\":11,\"completed\":10,\"failed\":1}");
        var output = content(batch, "output_file_id");
        assertThat(output).hasSize(10);
        assertThat(output.get(3).get("custom_id").getAsString()).isEqualTo("line-3");
        var response = output.get(3).getAsJsonObject("response");
        assertThat(response.get("status_code").getAsInt()).isEqualTo(200);
        assertThat(response.getAsJsonObject("body").get("object").getAsString()).isEqualTo("chat.completion");
        assertThat(response.getAsJsonObject("body").toString()).contains("one two three");
        var errors = content(batch, "error_file_id");
        assertThat(errors).hasSize(1);
        assertThat(errors.get(0).getAsJsonObject("response").get("status_code").getAsInt())
                .isEqualTo(400);
        // 5 and 7 tokens at $1000 a million.
        assertThat(spent()).isEqualByComparingTo("0.12");
        var generation = response.get("request_id").getAsString();
        assertThat(client.get("/generation?id=" + generation).status()).isEqualTo(200);
    }

    /** Whatever is under way when it dies is asked again, and charged once. */
    @Test
    void aRestartGoesOnWhereItStoppedAndChargesNothingTwice() throws Exception {
        pauseMillis = 150;
        int before = provider.requests().size();
        var id = create(upload(lines(24))).get("id").getAsString();
        provider.awaitRequests(before + 8, LONG);

        gateway.kill();
        gateway = gateway.restarted();
        operator = new Api(gateway, OPERATOR_KEY);
        client = new Api(gateway, key);

        var batch = await(id, "completed");
        assertThat(batch.getAsJsonObject("request_counts").get("completed").getAsInt())
                .isEqualTo(24);
        assertThat(content(batch, "output_file_id")).hasSize(24);
        assertThat(provider.requests().size() - before).isBetween(24, 32);
        assertThat(spent()).isEqualByComparingTo("0.288");
        assertThat(gateway.console("patchbay:ledger-verify")).contains("The ledger is right");
    }

    @Test
    void aBatchThatIsCancelledSendsNoMore() throws Exception {
        pauseMillis = 300;
        int before = provider.requests().size();
        var id = create(upload(lines(40))).get("id").getAsString();
        provider.awaitRequests(before + 4, LONG);

        assertThat(client.post("/batches/" + id + "/cancel", "")
                        .json()
                        .get("status")
                        .getAsString())
                .isEqualTo("cancelling");

        var batch = await(id, "cancelled");
        int answered = batch.getAsJsonObject("request_counts").get("completed").getAsInt();
        assertThat(answered).isBetween(1, 39);
        assertThat(provider.requests()).hasSize(before + answered);
        assertThat(client.post("/batches/" + id + "/cancel", "").status()).isEqualTo(409);
    }

    @Test
    void whatIsWrongIsSaidAndNobodyElseSeesAnything() throws Exception {
        var broken = create(upload(line(1, "a") + "\n" + line(1, "b")));
        assertThat(broken.get("status").getAsString()).isEqualTo("failed");
        assertThat(broken.get("errors").toString()).contains("Line 2", "custom_id");

        var unknown = client.post("/batches", "{\"input_file_id\":\"file-x\",\"endpoint\":\"/v1/chat/completions\"}");
        assertThat(unknown.status()).isEqualTo(404);
        var file = upload(lines(1));
        assertThat(client.post("/batches", "{\"input_file_id\":\"" + file + "\",\"endpoint\":\"/v1/keys\"}")
                        .field())
                .isEqualTo("endpoint");

        operator.fund("other", "1");
        var other = operator.app("other");
        assertThat(other.get("/files/" + file).status()).isEqualTo(404);
        assertThat(other.get("/files/" + file + "/content").status()).isEqualTo(404);
        assertThat(other.get("/batches/" + broken.get("id").getAsString()).status())
                .isEqualTo(404);
        assertThat(other.get("/batches").json().getAsJsonArray("data")).isEmpty();
        var second = upload(lines(1));
        var page = client.get("/files?limit=1").json();
        assertThat(page.getAsJsonArray("data").toString()).contains(second);
        assertThat(page.get("has_more").getAsBoolean()).isTrue();
        assertThat(client.get("/files?limit=1&after=" + second).text()).contains(file);
        assertThat(client.get("/files?limit=0").field()).isEqualTo("limit");
        assertThat(client.send("DELETE", "/files/" + file, "")
                        .json()
                        .get("deleted")
                        .getAsBoolean())
                .isTrue();
        assertThat(client.get("/files/" + file).status()).isEqualTo(404);
    }
}
