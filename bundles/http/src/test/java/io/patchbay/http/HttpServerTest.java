package io.patchbay.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.http.Headers;
import io.patchbay.api.http.HttpEndpoint;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpServerTest {
    private final TestServer server = TestServer.start().withEcho();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void answersOneRequestAfterTheOtherOnOneConnection() throws IOException {
        try (var client = server.client()) {
            assertThat(client.post("/echo", "one").answer().body()).isEqualTo("POST /echo 3 one");
            assertThat(client.get("/echo?x=1").answer().body()).isEqualTo("GET /echo 0 ");
            assertThat(client.post("/echo", "three").answer().body()).isEqualTo("POST /echo 5 three");
        }
    }

    @Test
    void answersPipelinedRequestsInOrder() throws IOException {
        try (var client = server.client()) {
            client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nA".repeat(50)
                    + "GET /below/b HTTP/1.1\r\nHost: x\r\n\r\n");
            for (int i = 0; i < 50; i++) {
                assertThat(client.answer().body()).isEqualTo("POST /echo 1 A");
            }
            assertThat(client.answer().body()).isEqualTo("GET /below/b 0 ");
        }
    }

    @Test
    void marksEveryAnswer() throws IOException {
        try (var client = server.client()) {
            var plain = client.get("/echo").answer();
            assertThat(plain.header("x-request-id")).matches("req-[0-9a-f]{24}");
            assertThat(plain.header("x-content-type-options")).isEqualTo("nosniff");
            assertThat(plain.header("access-control-allow-origin")).isEqualTo("*");
            assertThat(plain.header("server")).isEmpty();
            assertThat(plain.header("date")).isNotEmpty();
            client.send("GET /echo HTTP/1.1\r\nHost: x\r\nX-Request-Id: my-id_1.2\r\n\r\n");
            assertThat(client.answer().header("x-request-id")).isEqualTo("my-id_1.2");
            client.send("GET /echo HTTP/1.1\r\nHost: x\r\nX-Request-Id: no<good>\r\n\r\n");
            assertThat(client.answer().header("x-request-id")).startsWith("req-");
        }
    }

    @Test
    void takesChunkedBodies() throws IOException {
        try (var client = server.client()) {
            client.send("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
            client.send("3\r\nabc\r\n").send("5;ext=1\r\ndefgh\r\n").send("0\r\n\r\n");
            assertThat(client.answer().body()).isEqualTo("POST /echo 8 abcdefgh");
            assertThat(client.get("/echo").answer().status()).isEqualTo(200);
        }
    }

    @Test
    void takesLargeBodiesInPieces() throws IOException {
        var body = "0123456789".repeat(90_000);
        try (var client = server.client()) {
            assertThat(client.post("/echo", body).answer().body()).isEqualTo("POST /echo 900000 " + body);
        }
    }

    @Test
    void unpacksGzip() throws IOException {
        var packed = gzip("hello ".repeat(1000));
        try (var client = server.client()) {
            var head = "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Encoding: gzip\r\nContent-Length: ";
            client.send(head + packed.length + "\r\n\r\n").send(packed);
            assertThat(client.answer().body()).startsWith("POST /echo 6000 hello");
            client.send(head + "5\r\n\r\nhello");
            assertThat(client.answer().status()).isEqualTo(400);
            var bomb = gzip("a".repeat(2 << 20));
            client.send(head + bomb.length + "\r\n\r\n").send(bomb);
            assertThat(client.answer().status()).isEqualTo(413);
            client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Encoding: br\r\nContent-Length: 1\r\n\r\nx");
            assertThat(client.answer().status()).isEqualTo(415);
        }
    }

    @Test
    void packsLargeAnswersForThoseWhoCanUnpackThem() throws Exception {
        var body = "0123456789".repeat(5_000);
        var url = URI.create("http://127.0.0.1:" + server.port() + "/echo");
        var asking = HttpRequest.newBuilder(url).POST(HttpRequest.BodyPublishers.ofString(body));
        var client = HttpClient.newHttpClient();

        var plain = client.send(asking.build(), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(plain.headers().firstValue("Vary")).contains("Accept-Encoding");
        var refusing = asking.copy().header("Accept-Encoding", "gzip;q=0, br").build();
        assertThat(client.send(refusing, HttpResponse.BodyHandlers.ofByteArray())
                        .body())
                .isEqualTo(plain.body());

        var packed = client.send(
                asking.copy().header("Accept-Encoding", "br, gzip;q=0.5").build(),
                HttpResponse.BodyHandlers.ofByteArray());
        assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(packed.body().length).isLessThan(body.length() / 10);
        try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
            assertThat(unpacked.readAllBytes()).isEqualTo(plain.body());
        }

        var small = client.send(
                HttpRequest.newBuilder(url).header("Accept-Encoding", "gzip").build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(small.headers().firstValue("Content-Encoding")).isEmpty();
    }

    private static byte[] gzip(String text) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(packed)) {
            out.write(TestServer.bytes(text));
        }
        return packed.toByteArray();
    }

    @Test
    void asksForTheBodyOfAClientThatExpectsIt() throws IOException {
        try (var client = server.client()) {
            client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
            assertThat(client.answer().status()).isEqualTo(100);
            assertThat(client.send("hi").answer().body()).isEqualTo("POST /echo 2 hi");
        }
    }

    @Test
    void answersHeadWithoutABody() throws IOException {
        try (var client = server.client()) {
            client.send("HEAD /echo HTTP/1.1\r\nHost: x\r\n\r\n");
            var answer = client.answer(true);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("content-length")).isEqualTo("13");
            assertThat(client.get("/echo").answer().body()).isEqualTo("GET /echo 0 ");
        }
    }

    @Test
    void answersPreflightsAndOptions() throws IOException {
        try (var client = server.client()) {
            client.send("OPTIONS /echo HTTP/1.1\r\nHost: x\r\nOrigin: http://a\r\n");
            client.send("Access-Control-Request-Method: POST\r\n");
            client.send("Access-Control-Request-Headers: authorization, content-type, x-stainless-os\r\n\r\n");
            var answer = client.answer();
            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.header("allow")).isEqualTo("GET, HEAD, OPTIONS, POST");
            assertThat(answer.header("access-control-allow-methods")).contains("POST");
            assertThat(answer.header("access-control-allow-headers")).isEqualTo("Authorization, *");
            assertThat(answer.header("access-control-allow-credentials")).isEmpty();
            client.send("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.answer().status()).isEqualTo(204);
            client.send("OPTIONS /nowhere HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.answer().status()).isEqualTo(404);
        }
    }

    @Test
    void saysWhatIsWrongWithPathAndMethod() throws IOException {
        try (var client = server.client()) {
            var missing = client.get("/nowhere").answer();
            assertThat(missing.status()).isEqualTo(404);
            assertThat(missing.header("content-type")).isEqualTo("application/json");
            assertThat(missing.body())
                    .isEqualTo("{\"error\":{\"message\":\"There is nothing at this path. The API is at /api/v1.\","
                            + "\"type\":\"invalid_request_error\",\"code\":404,\"param\":null,"
                            + "\"metadata\":{\"error_type\":\"not_found\"}}}");
            client.send("DELETE /below/a HTTP/1.1\r\nHost: x\r\n\r\n");
            var wrong = client.answer();
            assertThat(wrong.status()).isEqualTo(405);
            assertThat(wrong.header("allow")).isEqualTo("GET, HEAD, OPTIONS");
            assertThat(client.get("/below/a/b%20c").answer().body()).isEqualTo("GET /below/a/b c 0 ");
        }
    }

    @Test
    void refusesALargeBodyWithoutReadingIt() throws IOException {
        try (var client = server.client()) {
            client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 52428800\r\n\r\n");
            var answer = client.answer();
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.header("connection")).isEqualTo("close");
            assertThat(answer.body()).contains("payload_too_large");
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void refusesAChunkedBodyThatGrowsTooLarge() throws IOException {
        var chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
        try (var client = server.client()) {
            client.send("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < 17; i++) {
                client.send(chunk);
            }
            assertThat(client.answer().status()).isEqualTo(413);
        }
    }

    @Test
    void handsOverToTheEndpointOfTheHighestRank() throws IOException {
        HttpEndpoint better = (request, response) -> response.send(200, TestServer.TEXT, TestServer.bytes("better"));
        try (var client = server.client()) {
            server.server.bind(better, Map.of(HttpEndpoint.ROUTES, "GET /echo", "service.ranking", 5));
            assertThat(client.get("/echo").answer().body()).isEqualTo("better");
            server.server.unbind(better);
            assertThat(client.get("/echo").answer().body()).isEqualTo("GET /echo 0 ");
        }
    }

    @Test
    void streamsPieceByPiece() throws Exception {
        var manual = new TestServer.Manual();
        server.with(manual, "GET /stream");
        try (var client = server.client()) {
            client.get("/stream");
            var open = manual.next();
            open.response().start(200, Headers.of("Content-Type", "text/event-stream"));
            open.response()
                    .write(ByteBuffer.wrap(TestServer.bytes("one")))
                    .toCompletableFuture()
                    .get();
            assertThat(client.line()).isEqualTo("HTTP/1.1 200 OK");
            while (!client.line().isEmpty()) {}
            assertThat(client.chunk()).isEqualTo("one");
            open.response()
                    .write(ByteBuffer.wrap(TestServer.bytes("two")))
                    .toCompletableFuture()
                    .get();
            assertThat(client.chunk()).isEqualTo("two");
            open.response().end(ByteBuffer.wrap(TestServer.bytes("three")));
            assertThat(client.chunk()).isEqualTo("three");
            assertThat(client.chunk()).isEmpty();
            assertThat(client.get("/echo").answer().status()).isEqualTo(200);
        }
    }

    @Test
    void showsThatABrokenStreamIsBroken() throws Exception {
        var manual = new TestServer.Manual();
        server.with(manual, "GET /stream");
        try (var client = server.client()) {
            client.get("/stream");
            var open = manual.next();
            open.response().start(200, TestServer.TEXT);
            open.response()
                    .write(ByteBuffer.wrap(TestServer.bytes("one")))
                    .toCompletableFuture()
                    .get();
            open.response().abort();
            assertThat(client.rest()).contains("one").doesNotEndWith("0\r\n\r\n");
        }
    }

    @Test
    void answersForAnEndpointThatThrows() throws IOException {
        server.with(
                (request, response) -> {
                    throw new IllegalStateException("secret detail");
                },
                "GET /broken");
        try (var client = server.client()) {
            var answer = client.get("/broken").answer();
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.body()).contains("\"type\":\"server_error\"").doesNotContain("secret");
            assertThat(client.get("/echo").answer().status()).isEqualTo(200);
        }
    }

    @Test
    void isReadyOnceSomebodyAnswersChats() throws IOException {
        HttpEndpoint chat = (request, response) -> response.send(200, TestServer.TEXT, new byte[0]);
        try (var client = server.client()) {
            assertThat(client.get("/health/live").answer().status()).isEqualTo(200);
            var early = client.get("/health/ready").answer();
            assertThat(early.status()).isEqualTo(503);
            assertThat(early.body()).isEqualTo("{\"status\":\"starting\"}");
            server.with(chat, "POST /api/v1/chat/completions");
            assertThat(client.get("/health").answer().body()).isEqualTo("{\"status\":\"ready\"}");
            server.server.unbind(chat);
            assertThat(client.get("/health").answer().status()).isEqualTo(503);
        }
    }

    @Test
    void refusesMoreThanItCanAnswerAtOnce() throws Exception {
        var limits = new Settings.Limits(
                1 << 20,
                64L << 20,
                16 * 1024,
                Duration.ofSeconds(9),
                Duration.ofSeconds(9),
                Duration.ofSeconds(9),
                1,
                100);
        var manual = new TestServer.Manual();
        try (var small = new TestServer(TestServer.settings(limits, TestServer.swap(Duration.ofSeconds(5))))
                        .with(manual, "GET /slow");
                var first = small.client();
                var second = small.client()) {
            first.get("/slow");
            var open = manual.next();
            var refused = second.get("/slow").answer();
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("retry-after")).isEqualTo("1");
            open.response().send(200, TestServer.TEXT, TestServer.bytes("done"));
            assertThat(first.answer().body()).isEqualTo("done");
        }
    }

    @Test
    void refusesBodiesThatTogetherTakeTooMuchMemory() throws Exception {
        var limits = new Settings.Limits(
                1 << 20,
                700_000,
                16 * 1024,
                Duration.ofSeconds(9),
                Duration.ofSeconds(9),
                Duration.ofSeconds(9),
                100,
                100);
        var manual = new TestServer.Manual();
        try (var small = new TestServer(TestServer.settings(limits, TestServer.swap(Duration.ofSeconds(5))))
                        .with(manual, "POST /slow");
                var first = small.client();
                var second = small.client()) {
            first.post("/slow", "x".repeat(500_000));
            var open = manual.next();
            second.send("POST /slow HTTP/1.1\r\nHost: x\r\nContent-Length: 500000\r\n\r\n" + "y".repeat(20_000));
            assertThat(second.answer().status()).isEqualTo(503);
            open.response().send(200, TestServer.TEXT, new byte[0]);
            assertThat(first.answer().status()).isEqualTo(200);
            try (var third = small.client()) {
                third.post("/slow", "z".repeat(500_000));
                manual.next().response().send(200, TestServer.TEXT, new byte[0]);
                assertThat(third.answer().status()).isEqualTo(200);
            }
        }
    }

    @Test
    void writesItsPortToAFile(@TempDir Path directory) throws IOException {
        var file = directory.resolve("data/http.port");
        var settings = new Settings(
                "127.0.0.1",
                0,
                file.toString(),
                TestServer.limits(Duration.ofSeconds(9)),
                TestServer.swap(Duration.ofSeconds(5)),
                true,
                Optional.empty());
        try (var other = new TestServer(settings)) {
            assertThat(Files.readString(file)).isEqualTo(other.server.port() + "\n");
            try (var files = Files.list(file.getParent())) {
                assertThat(files).containsExactly(file);
            }
        }
    }
}
