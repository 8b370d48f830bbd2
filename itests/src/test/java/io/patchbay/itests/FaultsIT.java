package io.patchbay.itests;

import static io.patchbay.testkit.FakeAnswers.chat;
import static io.patchbay.testkit.FakeAnswers.chatChunk;
import static io.patchbay.testkit.FakeAnswers.chatStream;
import static io.patchbay.testkit.FakeAnswers.error;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.patchbay.itests.conformance.CheckedHttpClient;
import io.patchbay.testkit.FakeAnswers;
import io.patchbay.testkit.FakeUpstream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Providers and clients that misbehave, seen from outside. */
class FaultsIT {
    private static final Duration A_SECOND = Duration.ofSeconds(1);

    private static FakeUpstream shaky;
    private static FakeUpstream solid;
    private static Distribution gateway;
    private static HttpClient client;

    @BeforeAll
    static void start() {
        shaky = FakeUpstream.start();
        solid = FakeUpstream.start();
        gateway = Distribution.withHome("faults")
                .configured("io.patchbay.provider~shaky.cfg", provider(shaky, "fake/one=one,fake/two=two"))
                .configured("io.patchbay.provider~solid.cfg", provider(solid, "fake/two=two"))
                .configured("io.patchbay.health.cfg", "consecutive-failures = 1000000\nfailure-percent = 100\n")
                .start();
        client = CheckedHttpClient.around(
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
    }

    private static String provider(FakeUpstream upstream, String models) {
        return "base-url = " + upstream.baseUrl() + "\nmodels = " + models
                + "\nunknown-price = free\napi-key = upstream-secret\nfirst-byte-timeout = 2s\nidle-timeout = 2s\n";
    }

    @AfterAll
    static void stop() {
        gateway.close();
        shaky.close();
        solid.close();
    }

    @AfterEach
    void nothingWentWrongInTheScripts() {
        assertThat(shaky.scriptFailures()).isEmpty();
        assertThat(solid.scriptFailures()).isEmpty();
    }

    @Test
    void everyFieldReachesTheProviderAndTheClientsKeyDoesNot() throws Exception {
        shaky.answerNext(chat("fine"));

        ask("{\"model\":\"fake/one\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\",\"zzz\":1}],"
                + "\"temperature\":0.25,\"user\":\"u-1\",\"metadata\":{\"a\":\"b\"},\"nobody_knows_me\":{\"x\":[1]}}");

        var received = shaky.lastRequest();
        var body = JsonParser.parseString(received.bodyText()).getAsJsonObject();
        assertThat(body.get("model").getAsString()).isEqualTo("one");
        assertThat(received.bodyText())
                .contains("\"zzz\":1", "\"temperature\":0.25", "\"user\":\"u-1\"", "\"nobody_knows_me\":{\"x\":[1]}");
        assertThat(received.header("Authorization")).contains("Bearer upstream-secret");
        assertThat(String.join(" ", received.headerNames())).doesNotContainIgnoringCase("x-openrouter");
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 529, 401, 402, 404, 408})
    void anErrorBeforeTheFirstByteIsTakenOverByAnotherProvider(int status) throws Exception {
        for (boolean stream : new boolean[] {false, true}) {
            shaky.answer(error(status, "no"));
            solid.answer(stream ? chatStream("fi", "ne") : chat("fine"));

            var response = ask("{\"model\":\"fake/two\",\"stream\":" + stream + ",\"provider\":{\"order\":[\"shaky\"]},"
                    + "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).contains("\"provider\":\"solid\"").doesNotContain("\"error\"");
        }
    }

    @Test
    void aBrokenConnectionIsTakenOverByAnotherProvider() throws Exception {
        solid.answer(chat("fine"));
        for (var script :
                new FakeUpstream.Script[] {FakeAnswers.reset(), exchange -> exchange.close(), FakeAnswers.never()}) {
            shaky.answer(script);

            var response = ask("{\"model\":\"fake/two\",\"provider\":{\"order\":[\"shaky\"]},"
                    + "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");

            assertThat(response.statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aStreamThatDripsSplitsCharactersAndEndsLinesAnyhowArrivesWhole() throws Exception {
        var text = "Grüße, 世界 😀!";
        for (var lineEnd : new String[] {"\n", "\r\n", "\r"}) {
            shaky.answerNext(exchange -> {
                var stream = new StringBuilder("\uFEFF: hello" + lineEnd + lineEnd);
                for (var piece : text.split("(?<=,)", -1)) {
                    stream.append("data: " + chatChunk("{\"content\":\"" + piece + "\"}", "null") + lineEnd + lineEnd);
                }
                stream.append("data: " + chatChunk("{}", "\"stop\"") + lineEnd + lineEnd);
                exchange.sseHead();
                exchange.drip(stream.toString().getBytes(StandardCharsets.UTF_8), 1, Duration.ZERO)
                        .lastChunk();
            });

            var response = stream("fake/one");

            assertThat(content(response.body())).isEqualTo(text);
            assertThat(response.body()).endsWith("data: [DONE]\n\n");
        }
    }

    @Test
    void aStreamCutInTheMiddleIsNeverPassedOffAsComplete() throws Exception {
        var first = "data: " + chatChunk("{\"content\":\"half\"}", "null") + "\n\n";
        for (var cut : new FakeUpstream.Script[] {
            exchange -> {
                exchange.sseHead();
                exchange.chunk(first).pause(Duration.ofMillis(50)).reset();
            },
            exchange -> {
                exchange.sseHead();
                exchange.chunk(first).lastChunk();
            },
            exchange -> {
                exchange.sseHead();
                exchange.chunk(first)
                        .chunk("data: {\"error\":{\"message\":\"boom\"}}\n\n")
                        .lastChunk();
            },
            exchange -> {
                exchange.sseHead();
                exchange.chunk(first).chunk("data: {\"id\": oops}\n\n").lastChunk();
            },
            exchange -> {
                exchange.sseHead();
                exchange.chunk(first).awaitClientGone(Duration.ofSeconds(10));
            }
        }) {
            shaky.answerNext(cut);

            var response = stream("fake/one");

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(content(response.body())).isEqualTo("half");
            assertThat(response.body())
                    .contains("\"error\":", "\"finish_reason\":\"error\"")
                    .doesNotContain("[DONE]", "\"finish_reason\":\"stop\"");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aClientThatLeavesCancelsItsRequestUpstreamWithinASecond(boolean streamed) throws Exception {
        shaky.answerNext(exchange -> {
            if (streamed) {
                exchange.sseHead();
                exchange.chunk("data: " + chatChunk("{\"content\":\"one\"}", "null") + "\n\n");
            }
            exchange.awaitClientGone(Duration.ofMillis(1500));
        });
        int before = shaky.requests().size();

        try (var socket = socket()) {
            socket.getOutputStream().write(raw(request("fake/one", streamed)));
            shaky.awaitRequests(before + 1, A_SECOND.multipliedBy(5));
        }

        shaky.awaitOpenConnections(0, A_SECOND.multipliedBy(2));
    }

    @Test
    void theFirstTokenDoesNotWaitForTheSecond() throws Exception {
        shaky.answerNext(exchange -> {
            exchange.sseHead();
            exchange.chunk("data: " + chatChunk("{\"content\":\"one\"}", "null") + "\n\n");
            exchange.awaitClientGone(Duration.ofSeconds(20));
        });

        try (var socket = socket()) {
            socket.setSoTimeout(1500);
            socket.getOutputStream().write(raw(request("fake/one", true)));
            var seen = new StringBuilder();
            while (seen.indexOf("one\"}") < 0) {
                seen.append((char) socket.getInputStream().read());
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense | 400 | body",
                "{\"model\":\"fake/one\"} | 400 | messages",
                "{\"model\":\"fake/one\",\"messages\":[]} | 400 | messages",
                "{\"model\":\"fake/one\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"n\":\"two\"} | 400 | n",
                "{\"model\":\"nobody/knows\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]} | 404 | model",
                "{\"model\":\"plain\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]} | 400 | model"
            })
    void badInputIsNamed(String body, int status, String field) throws Exception {
        var response = ask(body);

        var error = JsonParser.parseString(response.body()).getAsJsonObject().getAsJsonObject("error");
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(error.get("param").getAsString()).isEqualTo(field);
        assertThat(error.get("message").getAsString()).isNotEmpty();
    }

    @Test
    void nestingWithoutABottomAndForgedKeysAreRefused() throws Exception {
        var deep = "{\"model\":\"fake/one\",\"messages\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";
        assertThat(ask(deep).statusCode()).isEqualTo(400);

        var forged = HttpRequest.newBuilder(URI.create(gateway.url() + "/chat/completions"))
                .header("Authorization", "Bearer " + gateway.key().replaceAll(".$", "_"))
                .POST(HttpRequest.BodyPublishers.ofString(request("fake/one", false)))
                .build();
        assertThat(client.send(forged, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(401);
    }

    @Test
    void aBodyOf50MegabytesIsRefusedWithoutBeingRead() throws Exception {
        try (var socket = socket()) {
            socket.setSoTimeout(5000);
            socket.getOutputStream()
                    .write("POST /api/v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: 52428800\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 413");
        }
    }

    @Test
    void promptsAnswersAndKeysAreNotInTheLogEvenAtDebugLevel() throws Exception {
        gateway.console("log:set DEBUG io.patchbay");
        shaky.answerNext(chat("canary-in-the-answer"));
        ask("{\"model\":\"fake/one\",\"messages\":[{\"role\":\"user\",\"content\":\"canary-in-the-prompt\"}]}");
        shaky.answerNext(error(500, "canary-in-the-error for key upstream-secret"));
        ask("{\"model\":\"fake/one\",\"messages\":[{\"role\":\"user\",\"content\":\"canary-in-the-prompt\"}]}");
        gateway.console("log:set INFO io.patchbay");

        assertThat(Files.readString(gateway.log()))
                .doesNotContain("canary", "upstream-secret", gateway.key().substring(10, 60));
    }

    private static HttpResponse<String> stream(String model) throws Exception {
        return ask(request(model, true));
    }

    private static String request(String model, boolean stream) {
        var message = new JsonObject();
        message.addProperty("role", "user");
        message.addProperty("content", "hi");
        var messages = new JsonArray();
        messages.add(message);
        var body = new JsonObject();
        body.addProperty("model", model);
        body.addProperty("stream", stream);
        body.add("messages", messages);
        return body.toString();
    }

    private static HttpResponse<String> ask(String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(gateway.url() + "/chat/completions"))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + gateway.key())
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static byte[] raw(String body) throws IOException {
        return ("POST /api/v1/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + gateway.key()
                        + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The text of all chunks. */
    private static String content(String stream) {
        return stream.lines()
                .filter(line -> line.startsWith("data: {"))
                .map(line -> JsonParser.parseString(line.substring(6)).getAsJsonObject())
                .flatMap(chunk ->
                        Stream.of(chunk.getAsJsonArray("choices").get(0).getAsJsonObject()))
                .map(choice -> choice.getAsJsonObject("delta").get("content"))
                .filter(content -> content != null && !content.isJsonNull())
                .map(content -> content.getAsString())
                .collect(Collectors.joining());
    }

    private static Socket socket() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), gateway.url().getPort());
    }
}
