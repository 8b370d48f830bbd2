package io.patchbay.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever comes in: an error of the client's in JSON or a closed connection, never a 5xx, and then business as usual. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MalformedRequestsTest {
    private static final String LF = "\r\n";
    private static final String POST = "POST /echo HTTP/1.1\r\nHost: x\r\n";
    /** The connection ends without an answer, or with a 400: as the server meets the end in time or not. */
    private static final int CLOSED_OR_400 = 0;

    private TestServer server;

    @BeforeAll
    void start() {
        server = TestServer.start().withEcho();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    static Stream<Arguments> inputs() {
        return Stream.of(
                Arguments.of("no such version", 400, "GET /echo HTTP/9.9\r\nHost: x\r\n\r\n"),
                Arguments.of("version 0.9", 400, "GET /echo\r\n\r\n"),
                Arguments.of("no version number", 400, "GET /echo HTTP/\r\nHost: x\r\n\r\n"),
                Arguments.of("garbage", 400, "\u0001\u0002\u0003\u0004\r\n\r\n"),
                Arguments.of("a TLS hello", 400, "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003"),
                Arguments.of("one word", 400, "HELLO\r\n\r\n"),
                Arguments.of("no host", 400, "GET /echo HTTP/1.1\r\n\r\n"),
                Arguments.of("two hosts", 400, "GET /echo HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n"),
                Arguments.of("a blank host", 400, "GET /echo HTTP/1.1\r\nHost:  \r\n\r\n"),
                Arguments.of("a bad host", 400, "GET /echo HTTP/1.1\r\nHost: a b\r\n\r\n"),
                Arguments.of("a bad port", 400, "GET /echo HTTP/1.1\r\nHost: x:nine\r\n\r\n"),
                Arguments.of("a folded header", 400, POST + "A: b\r\n c\r\nContent-Length: 0\r\n\r\n"),
                Arguments.of("a fold at once", 400, "POST /echo HTTP/1.1\r\n A: b\r\nHost: x\r\n\r\n"),
                Arguments.of("a blank before the colon", 400, POST + "Content-Length : 1\r\n\r\nx"),
                Arguments.of("no colon", 400, POST + "Nonsense\r\n\r\n"),
                Arguments.of("no header name", 400, POST + ": value\r\n\r\n"),
                Arguments.of("a header name with brackets", 400, POST + "A[0]: b\r\n\r\n"),
                Arguments.of("a NUL in a header", 400, POST + "A: b\u0000c\r\n\r\n"),
                Arguments.of("a lone CR in a header", 400, POST + "A: b\rc\r\n\r\n"),
                Arguments.of("bare line feeds", 400, "GET /echo HTTP/1.1\nHost: x\n\n"),
                Arguments.of("two equal lengths", 400, POST + "Content-Length: 1\r\nContent-Length: 1\r\n\r\nx"),
                Arguments.of("two lengths", 400, POST + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx"),
                Arguments.of("a list of lengths", 400, POST + "Content-Length: 1, 1\r\n\r\nx"),
                Arguments.of("a negative length", 400, POST + "Content-Length: -1\r\n\r\n"),
                Arguments.of("a signed length", 400, POST + "Content-Length: +1\r\n\r\nx"),
                Arguments.of("a hexadecimal length", 400, POST + "Content-Length: 0x1\r\n\r\nx"),
                Arguments.of("a huge length", 400, POST + "Content-Length: 99999999999999999999\r\n\r\n"),
                Arguments.of("a length too large", 413, POST + "Content-Length: 9223372036854775807\r\n\r\n"),
                Arguments.of("an empty length", 400, POST + "Content-Length:\r\n\r\n"),
                Arguments.of(
                        "length and chunks",
                        400,
                        POST + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                Arguments.of(
                        "chunks and length",
                        400,
                        POST + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n"),
                Arguments.of("an unknown coding", 400, POST + "Transfer-Encoding: xyz\r\n\r\n"),
                Arguments.of("chunks not last", 400, POST + "Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n"),
                Arguments.of("chunks twice", 400, POST + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n"),
                Arguments.of("a coding with a tab", 400, POST + "Transfer-Encoding:\u000bchunked\r\n\r\n0\r\n\r\n"),
                Arguments.of("a bad chunk size", 400, POST + "Transfer-Encoding: chunked\r\n\r\nzz\r\nxx\r\n0\r\n\r\n"),
                Arguments.of("a negative chunk", 400, POST + "Transfer-Encoding: chunked\r\n\r\n-1\r\nx\r\n0\r\n\r\n"),
                Arguments.of("a huge chunk", 400, POST + "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n"),
                Arguments.of("a chunk too long", 400, POST + "Transfer-Encoding: chunked\r\n\r\n1\r\nxxx\r\n0\r\n\r\n"),
                Arguments.of("a long header", 431, POST + "A: " + "b".repeat(20_000) + LF + LF),
                Arguments.of("many headers", 431, POST + "A: b\r\n".repeat(5_000) + LF),
                Arguments.of("a long target", 414, "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"),
                Arguments.of("a broken escape", 400, "GET /echo%zz HTTP/1.1\r\nHost: x\r\n\r\n"),
                Arguments.of("an escaped NUL", 400, "GET /echo%00 HTTP/1.1\r\nHost: x\r\n\r\n"),
                Arguments.of("an escaped slash", 400, "GET /below/%2e%2e/x HTTP/1.1\r\nHost: x\r\n\r\n"),
                Arguments.of("broken UTF-8", 400, "GET /echo%ff%fe HTTP/1.1\r\nHost: x\r\n\r\n"),
                Arguments.of("above the root", 400, "GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n"),
                Arguments.of("no slash", 400, "GET echo HTTP/1.1\r\nHost: x\r\n\r\n"),
                Arguments.of("a tunnel", 400, "CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n"),
                Arguments.of("a proxy request", 404, "GET http://a.example/x HTTP/1.1\r\nHost: a.example\r\n\r\n"),
                Arguments.of("another authority", 400, "GET http://a.example/echo HTTP/1.1\r\nHost: b\r\n\r\n"),
                Arguments.of("an odd expectation", 417, POST + "Expect: a-miracle\r\nContent-Length: 0\r\n\r\n"),
                Arguments.of("an unknown method", 405, "BREW /echo HTTP/1.1\r\nHost: x\r\n\r\n"),
                Arguments.of("a method in small letters", 405, "get /echo HTTP/1.1\r\nHost: x\r\n\r\n"),
                Arguments.of("TRACE", 405, "TRACE /echo HTTP/1.1\r\nHost: x\r\n\r\n"),
                Arguments.of("a body broken off", 400, POST + "Content-Length: 10\r\n\r\nabc"),
                Arguments.of("chunks broken off", 400, POST + "Transfer-Encoding: chunked\r\n\r\n5\r\nab"),
                Arguments.of("a header broken off", CLOSED_OR_400, "POST /echo HT"),
                Arguments.of("nothing", CLOSED_OR_400, ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("inputs")
    void areTheClientsFault(String what, int status, String input) throws IOException {
        try (var client = server.client()) {
            send(client, input);
            var all = client.rest();
            if (all.isEmpty()) {
                assertThat(status).as("closed without an answer").isEqualTo(CLOSED_OR_400);
            } else {
                int answered = status == CLOSED_OR_400 ? 400 : status;
                assertThat(all).startsWith("HTTP/1.1 " + answered + ' ').contains("\r\n\r\n{\"error\":{\"message\":");
                assertThat(all)
                        .contains("\"code\":" + answered)
                        .doesNotContainIgnoringCase("jetty", "exception", "<html");
                assertThat(all.split("HTTP/1.1 ", -1)).as("one answer").hasSize(2);
            }
        }
        isHealthy();
    }

    /** Sends, and says that nothing more will come. */
    private static void send(RawClient client, String input) throws IOException {
        try {
            client.send(input);
            client.socket.shutdownOutput();
        } catch (SocketException e) {
            // It has closed already: fine.
            assertThat(e).isNotNull();
        }
    }

    @Test
    void arePipelinedBehindAGoodOne() throws IOException {
        try (var client = server.client()) {
            client.send("GET /echo HTTP/1.1\r\nHost: x\r\n\r\nnonsense\r\n\r\n");
            assertThat(client.answer().status()).isEqualTo(200);
            assertThat(client.answer().status()).isEqualTo(400);
            assertThat(client.isEnded()).isTrue();
        }
        isHealthy();
    }

    private void isHealthy() throws IOException {
        try (var client = server.client()) {
            assertThat(client.post("/echo", "fine").answer().body()).isEqualTo("POST /echo 4 fine");
        }
    }
}
