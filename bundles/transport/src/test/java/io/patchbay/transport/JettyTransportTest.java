package io.patchbay.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.adapter.Framing;
import io.patchbay.api.adapter.UpstreamRequest;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.http.Headers;
import io.patchbay.testkit.FakeAnswers;
import io.patchbay.testkit.FakeExchange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes out and what comes back, in good order and in bad. */
class JettyTransportTest {
    private final Network network = new Network();

    @AfterEach
    void close() {
        assertThat(network.upstream.scriptFailures()).isEmpty();
        network.close();
    }

    @Test
    void sendsWhatTheAdapterSaysToTheProvidersAddress() {
        var headers = Headers.of("Authorization", "Bearer secret")
                .and("X-Shared", "adapter")
                .and("Host", "elsewhere")
                .and("Transfer-Encoding", "chunked")
                .and("Connection", "close");
        var request = UpstreamRequest.post("/chat?x=%20y", headers, "{\"ü\":1}".getBytes(UTF_8), Framing.WHOLE);
        var provider = Provider.builder("fake", "openai")
                .baseUrl(network.upstream.baseUrl())
                .headers(Headers.of("x-shared", "provider").and("Content-Length", "1"))
                .build();
        var listener = RecordingListener.of(Framing.WHOLE);

        network.transport.send(provider, request, listener);

        listener.awaitEnd();
        var received = network.upstream.lastRequest();
        assertThat(received).hasToString("POST /v1/chat?x=%20y");
        assertThat(received.bodyText()).isEqualTo("{\"ü\":1}");
        assertThat(received.header("Authorization")).contains("Bearer secret");
        assertThat(received.headers("X-Shared")).containsExactly("provider");
        assertThat(received.headers("Host")).containsExactly("127.0.0.1:" + network.upstream.port());
        assertThat(received.header("Content-Type")).contains("application/json");
        assertThat(received.headers("Content-Length")).containsExactly("8");
        assertThat(received.header("User-Agent")).contains("Patchbay");
        assertThat(received.headerNames())
                .doesNotContain("Accept-Encoding", "Transfer-Encoding", "Connection", "Cookie");
    }

    @Test
    void getsWithoutABody() {
        var listener = RecordingListener.of(Framing.WHOLE);
        network.transport.send(network.provider(), UpstreamRequest.get("/models", Headers.none()), listener);
        listener.awaitEnd();
        assertThat(network.upstream.lastRequest()).hasToString("GET /v1/models");
        assertThat(network.upstream.lastRequest().headerNames()).doesNotContain("Content-Type");
    }

    @Test
    void deliversAWholeAnswerAsOneFrame() {
        network.upstream.answer(FakeAnswers.json(200, "{\"ok\":true}"));
        var listener = network.ask(Framing.WHOLE).awaitEnd();
        assertThat(listener.status()).isEqualTo(200);
        assertThat(listener.headers().first("content-type")).contains("application/json");
        assertThat(listener.texts()).containsExactly("{\"ok\":true}");
        assertThat(listener.mistakes()).isEmpty();
        assertThat(listener.thread()).startsWith("patchbay-transport");
    }

    @Test
    void collectsChunksOfAnySizeAndBodiesThatEndWithTheConnection() {
        var body = "0123456789".repeat(30_000);
        network.upstream.answerNext(exchange -> exchange.head(200, "Transfer-Encoding: chunked")
                .drip(body.getBytes(UTF_8), 7777, Duration.ZERO)
                .lastChunk());
        assertThat(network.ask(Framing.WHOLE).awaitEnd().texts()).containsExactly(body);
        network.upstream.answerNext(exchange -> exchange.head(200).write(body).close());
        assertThat(network.ask(Framing.WHOLE).awaitEnd().texts()).containsExactly(body);
    }

    @Test
    void ignoresInterimAnswers() {
        network.upstream.answer(
                exchange -> exchange.head(100).head(103, "Link: </x>").body(200, "text/plain", "real".getBytes(UTF_8)));
        var listener = network.ask(Framing.WHOLE).awaitEnd();
        assertThat(listener.status()).isEqualTo(200);
        assertThat(listener.texts()).containsExactly("real");
        assertThat(listener.mistakes()).isEmpty();
    }

    @Test
    void endsAnAnswerWithoutContentWithoutAFrame() {
        network.upstream.answer(exchange -> exchange.head(204));
        var listener = network.ask(Framing.WHOLE).awaitEnd();
        assertThat(listener.status()).isEqualTo(204);
        assertThat(listener.frames()).isEmpty();
    }

    @Test
    void reportsErrorsAndRedirectsAsTheyAre() {
        network.upstream.answerNext(exchange ->
                exchange.write("HTTP/1.1 429 Slow down\r\nRetry-After: 7\r\nContent-Length: 4\r\n\r\nwait"));
        var refused = network.ask(Framing.SSE).awaitEnd();
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.headers().first("Retry-After")).contains("7");
        assertThat(refused.texts()).containsExactly("wait");

        for (var status : List.of(301, 302, 303, 307, 308, 401, 407)) {
            network.upstream.answerNext(exchange -> exchange.head(
                    status,
                    "Location: " + network.upstream.baseUrl() + "/other",
                    "WWW-Authenticate: Basic realm=\"x\"",
                    "Proxy-Authenticate: Basic realm=\"x\"",
                    "Set-Cookie: a=b; Path=/",
                    "Content-Length: 0"));
            assertThat(network.ask(Framing.WHOLE).awaitEnd().status()).isEqualTo(status);
        }
        assertThat(network.upstream.requests()).hasSize(8);
        network.ask(Framing.WHOLE).awaitEnd();
        assertThat(network.upstream.lastRequest().header("Cookie")).isEmpty();
    }

    @Test
    void streamsEventsCutAtEveryByte() {
        var stream = "\uFEFFevent: a\r\ndata: h\u00e9\uD83D\uDE00\r\n\r\n: ping\n\ndata: 1\ndata: 2\n\ndata: [DONE]";
        var expected = List.of("a|h\u00e9\uD83D\uDE00", "|1\n2", "|[DONE]");
        var bytes = stream.getBytes(UTF_8);
        var listeners = new ArrayList<RecordingListener>();
        for (int cut = 1; cut < bytes.length; cut++) {
            var first = Arrays.copyOf(bytes, cut);
            var second = Arrays.copyOfRange(bytes, cut, bytes.length);
            network.upstream.answerNext(exchange -> exchange.sseHead()
                    .chunk(first)
                    .pause(Duration.ofMillis(1))
                    .chunk(second)
                    .lastChunk());
            listeners.add(network.ask(Framing.SSE).awaitEnd());
        }
        assertThat(listeners).allSatisfy(heard -> {
            assertThat(heard.named()).isEqualTo(expected);
            assertThat(heard.mistakes()).isEmpty();
        });
    }

    @Test
    void deliversAtOnceWhatOneReadBrings() {
        network.upstream.answer(exchange ->
                exchange.sseHead().chunk("data: 1\n\ndata: 2\n\ndata: 3\n\n").awaitClientGone(Duration.ofSeconds(10)));
        var listener = RecordingListener.of(Framing.SSE);
        var call = network.transport.send(network.provider(), Network.post(Framing.SSE), listener);
        Network.await(() -> !listener.frames().isEmpty(), "frames");
        assertThat(listener.texts()).containsExactly("1", "2", "3");
        assertThat(listener.deliveries()).isEqualTo(1);
        call.cancel();
    }

    @Test
    void tellsACutAnswerFromACompleteOne() {
        network.upstream.answerNext(exchange ->
                exchange.head(200, "Content-Length: 100").write("short").close());
        assertThat(network.ask(Framing.WHOLE).awaitFailure().kind()).isEqualTo(FailureKind.CUT_OFF);

        network.upstream.answerNext(
                exchange -> exchange.sseHead().chunk("data: 1\n\ndata: half").close());
        var cut = network.ask(Framing.SSE);
        assertThat(cut.awaitFailure().kind()).isEqualTo(FailureKind.CUT_OFF);
        assertThat(cut.texts()).doesNotContain("half");

        for (var brokenChunk : List.of("ff\r\ndata: 1\n\n", "zz\r\ndata: 1\n\n")) {
            network.upstream.answerNext(
                    exchange -> exchange.sseHead().write(brokenChunk).close());
            assertThat(network.ask(Framing.SSE).awaitFailure().kind()).isEqualTo(FailureKind.CUT_OFF);
        }

        network.upstream.answerNext(exchange -> exchange.sseHead()
                .chunk("data: 1\n\n")
                .pause(Duration.ofMillis(50))
                .reset());
        var reset = network.ask(Framing.SSE);
        assertThat(reset.awaitFailure().kind()).isEqualTo(FailureKind.CUT_OFF);
        assertThat(reset.texts()).containsExactly("1");
        assertThat(reset.mistakes()).isEmpty();
    }

    @Test
    void callsWhatIsNotHttpMalformed() {
        for (var junk : List.of("SSH-2.0-OpenSSH_9\r\n\r\n", "HTTP/1.1 abc\r\n\r\n")) {
            network.upstream.answerNext(exchange -> exchange.write(junk).close());
            assertThat(network.ask(Framing.WHOLE).awaitFailure().kind()).isEqualTo(FailureKind.MALFORMED_ANSWER);
        }
        network.upstream.answerNext(exchange -> exchange.head(500, "X: " + "x".repeat(200_000), "Content-Length: 0")
                .close());
        assertThat(network.ask(Framing.WHOLE).awaitFailure().kind()).isEqualTo(FailureKind.MALFORMED_ANSWER);
        network.upstream.answerNext(exchange -> exchange.head(101, "Upgrade: x", "Connection: Upgrade"));
        assertThat(network.ask(Framing.WHOLE).awaitFailure().kind()).isEqualTo(FailureKind.MALFORMED_ANSWER);
        network.upstream.awaitOpenConnections(0, Network.SOON);
    }

    @Test
    void callsAProviderUnreachableThatDoesNotAnswerAtAll() {
        network.upstream.answer(FakeAnswers.reset());
        assertThat(network.ask(Framing.WHOLE).awaitFailure().kind()).isEqualTo(FailureKind.UNREACHABLE);
        network.upstream.answer(FakeExchange::close);
        assertThat(network.ask(Framing.WHOLE).awaitFailure().kind()).isEqualTo(FailureKind.UNREACHABLE);
        assertThat(network.upstream.requests())
                .as("no retry on a connection that was new")
                .hasSize(2);
        var address = network.upstream.baseUrl();
        network.upstream.close();
        for (var gone : List.of(
                address,
                URI.create("https://127.0.0.1:" + address.getPort()),
                URI.create("http://does-not-exist.invalid/v1"),
                URI.create("http://under_score:99999x"),
                URI.create("ftp://127.0.0.1"))) {
            var failure = network.ask(Network.provider(gone, Provider.Timeouts.DEFAULT), Framing.WHOLE)
                    .awaitFailure();
            assertThat(failure.kind()).as("%s", gone).isEqualTo(FailureKind.UNREACHABLE);
            assertThat(failure.message()).doesNotContain("127.0.0.1", "invalid", address.getPort() + "");
        }
    }

    @Test
    void givesUpOnAHandshakeThatDoesNotEnd() throws IOException {
        try (var silent = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            var address = URI.create("https://127.0.0.1:" + silent.getLocalPort());
            var listener = network.ask(Network.provider(address, Network.timeouts(300, 300, 300, 900)), Framing.WHOLE);
            assertThat(listener.awaitFailure().kind()).isEqualTo(FailureKind.TIMEOUT);
        }
    }

    @Test
    void refusesACertificateThatNobodyTrusts(@TempDir Path directory) throws Exception {
        try (var server = SelfSigned.listen(directory)) {
            var address = URI.create("https://127.0.0.1:" + server.getLocalPort());
            var listener = network.ask(Network.provider(address, Provider.Timeouts.DEFAULT), Framing.WHOLE);
            var failure = listener.awaitFailure();
            assertThat(failure.kind()).isEqualTo(FailureKind.UNREACHABLE);
            assertThat(failure.message()).contains("secure");
        }
    }

    @Test
    void decodesWhatIsCompressedUnasked() throws Exception {
        var stream = "data: 1\n\ndata: h\u00e9llo\n\n";
        var compressed = FakeExchange.gzip(stream.getBytes(UTF_8));
        network.upstream.answerNext(exchange -> exchange.head(
                        200, "Content-Type: text/event-stream", "Content-Encoding: gzip", "Transfer-Encoding: chunked")
                .drip(compressed, 3, Duration.ZERO)
                .lastChunk());
        assertThat(network.ask(Framing.SSE).awaitEnd().texts()).containsExactly("1", "h\u00e9llo");

        var cut = Arrays.copyOf(compressed, compressed.length - 4);
        network.upstream.answerNext(
                exchange -> exchange.head(200, "Content-Encoding: gzip", "Content-Length: " + cut.length)
                        .write(cut));
        assertThat(network.ask(Framing.WHOLE).awaitFailure().kind()).isEqualTo(FailureKind.CUT_OFF);

        network.upstream.answerNext(exchange -> exchange.head(200, "Content-Encoding: gzip", "Content-Length: 5")
                .write("plain"));
        assertThat(network.ask(Framing.WHOLE).awaitFailure().kind()).isEqualTo(FailureKind.MALFORMED_ANSWER);

        network.upstream.answerNext(exchange ->
                exchange.head(200, "Content-Encoding: br", "Content-Length: 5").write("plain"));
        assertThat(network.ask(Framing.WHOLE).awaitFailure().kind()).isEqualTo(FailureKind.MALFORMED_ANSWER);
    }
}
