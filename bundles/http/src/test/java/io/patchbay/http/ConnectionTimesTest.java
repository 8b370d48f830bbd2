package io.patchbay.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConnectionTimesTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofSeconds(30);
    /** A short time, and what it takes to notice that it is over. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static TestServer server(Duration header, Duration body, Duration idle) {
        var limits = TestServer.limits(header, body, idle);
        return new TestServer(TestServer.settings(limits, TestServer.swap(Duration.ofSeconds(5)))).withEcho();
    }

    @Test
    void endsAConnectionWhoseHeaderComesByteByByte() throws IOException {
        try (var server = server(SHORT, LONG, LONG);
                var client = server.client()) {
            endsWhileDripping(client);
        }
    }

    @Test
    void givesLaterHeadersNoMoreTime() throws IOException {
        try (var server = server(SHORT, LONG, LONG);
                var client = server.client()) {
            assertThat(client.get("/echo").answer().status()).isEqualTo(200);
            endsWhileDripping(client);
        }
    }

    private static void endsWhileDripping(RawClient client) throws IOException {
        long begun = System.nanoTime();
        client.send("GET /echo HTTP/1.1\r\nHost: x\r\nSlow: ");
        Await.until("ended", PATIENCE, () -> !takes(client, "a"));
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(SHORT);
        var answer = client.rest();
        if (!answer.isEmpty()) {
            assertThat(answer).startsWith("HTTP/1.1 408 ");
        }
    }

    /** Whether somebody is still there to take more bytes. */
    private static boolean takes(RawClient client, String bytes) {
        try {
            client.send(bytes);
            return true;
        } catch (IOException ended) {
            return false;
        }
    }

    @Test
    void endsAConnectionThatNeverSendsAHeader() throws IOException {
        try (var server = server(SHORT, LONG, LONG);
                var client = server.client()) {
            client.socket.setSoTimeout((int) PATIENCE.toMillis());
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void keepsAConnectionThatWaitsForItsNextRequest() throws IOException {
        try (var server = server(SHORT, LONG, LONG);
                var client = server.client()) {
            assertThat(client.get("/echo").answer().status()).isEqualTo(200);
            try (var silent = server.client()) {
                assertThat(silent.isEnded()).isTrue();
            }
            assertThat(client.get("/echo").answer().status()).isEqualTo(200);
        }
    }

    @Test
    void refusesABodyThatStalls() throws IOException {
        try (var server = server(LONG, SHORT, LONG);
                var client = server.client()) {
            client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc");
            isTooSlow(client);
        }
    }

    @Test
    void refusesABodyThatStallsBeforeItsTimeIsOver() throws IOException {
        try (var server = server(LONG, LONG, SHORT);
                var client = server.client()) {
            client.send("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nab");
            isTooSlow(client);
        }
    }

    @Test
    void refusesABodyThatComesByteByByte() throws IOException {
        try (var server = server(LONG, SHORT, LONG);
                var client = server.client()) {
            client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n");
            Await.until("an answer", PATIENCE, () -> hasAnswer(client) || !takes(client, "a"));
            isTooSlow(client);
        }
    }

    private static boolean hasAnswer(RawClient client) {
        try {
            return client.socket.getInputStream().available() > 0;
        } catch (IOException e) {
            throw new AssertionError("ended without an answer", e);
        }
    }

    private static void isTooSlow(RawClient client) throws IOException {
        client.socket.setSoTimeout((int) PATIENCE.toMillis());
        var answer = client.answer();
        assertThat(answer.status()).isEqualTo(408);
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(answer.header("connection")).isEqualTo("close");
        assertThat(answer.body())
                .isEqualTo("{\"error\":{\"message\":\"The request did not arrive in time.\","
                        + "\"type\":\"invalid_request_error\",\"code\":408,\"param\":null,"
                        + "\"metadata\":{\"error_type\":\"timeout\"}}}");
        assertThat(client.isEnded()).isTrue();
    }

    @Test
    void endsIdleConnectionsButNotThoseThatWaitForALongAnswer() throws Exception {
        var manual = new TestServer.Manual();
        try (var server = server(LONG, LONG, SHORT).with(manual, "GET /slow", "GET /stream");
                var waiting = server.client();
                var streaming = server.client()) {
            waiting.get("/slow");
            var slow = manual.next();
            streaming.get("/stream");
            var stream = manual.next();
            stream.response().start(200, TestServer.TEXT);
            stream.write("one").join();
            // Twice, so that the long answers have taken longer than the idle time for certain.
            isEndedWhenIdle(server);
            isEndedWhenIdle(server);
            slow.response().send(200, TestServer.TEXT, TestServer.bytes("done"));
            assertThat(waiting.answer().body()).isEqualTo("done");
            stream.response().end(ByteBuffer.wrap(TestServer.bytes("two")));
            assertThat(streaming.answer().body()).isEqualTo("onetwo");
        }
    }

    private static void isEndedWhenIdle(TestServer server) throws IOException {
        try (var idle = server.client()) {
            assertThat(idle.get("/echo").answer().status()).isEqualTo(200);
            long begun = System.nanoTime();
            idle.socket.setSoTimeout((int) PATIENCE.toMillis());
            assertThat(idle.isEnded()).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(SHORT.dividedBy(2));
        }
    }

    @Test
    void answersAClientThatHasShutDownItsOutput() throws IOException {
        try (var server = server(LONG, LONG, LONG);
                var client = server.client()) {
            var body = "0123456789".repeat(10_000);
            client.post("/echo", body);
            client.socket.shutdownOutput();
            assertThat(client.answer().body()).isEqualTo("POST /echo 100000 " + body);
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void answersAllThatAClientPipelinedBeforeItShutDownItsOutput() throws IOException {
        try (var server = server(LONG, LONG, LONG);
                var client = server.client()) {
            client.get("/echo").post("/echo", "two").get("/below/three");
            client.socket.shutdownOutput();
            assertThat(client.answer().body()).isEqualTo("GET /echo 0 ");
            assertThat(client.answer().body()).isEqualTo("POST /echo 3 two");
            assertThat(client.answer().body()).isEqualTo("GET /below/three 0 ");
            assertThat(client.isEnded()).isTrue();
        }
    }
}
