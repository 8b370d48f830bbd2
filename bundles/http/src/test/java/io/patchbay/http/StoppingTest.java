package io.patchbay.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StoppingTest {
    private static final Duration LONG = Duration.ofSeconds(8);
    private static final Duration SHORT = Duration.ofMillis(400);
    private static final Duration A_MOMENT = Duration.ofMillis(100);

    private static Settings settings(int port, Duration stopTime) {
        var swap = new Settings.Swap(LONG, 100, LONG, stopTime);
        return new Settings("127.0.0.1", port, "", TestServer.limits(LONG), swap, true, Optional.empty());
    }

    private static TestServer server(Duration stopTime) {
        return new TestServer(settings(0, stopTime)).withEcho();
    }

    /** Begins to stop; returns when nobody listens any more. */
    private static CompletableFuture<Void> stop(TestServer server) {
        int port = server.server.port();
        var stopping = CompletableFuture.runAsync(server::close);
        Await.until("nobody listens", () -> !isListening(port));
        return stopping;
    }

    private static boolean isListening(int port) {
        try (var client = new RawClient(port)) {
            return client.socket.isConnected();
        } catch (UncheckedIOException refused) {
            return false;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void waitsForOpenAnswers() throws Exception {
        var manual = new TestServer.Manual();
        try (var server = server(LONG).with(manual, "GET /slow", "GET /stream");
                var waiting = server.client();
                var streaming = server.client()) {
            waiting.get("/slow");
            var slow = manual.next();
            streaming.get("/stream");
            var stream = manual.next();
            stream.response().start(200, TestServer.TEXT);
            stream.write("one").join();
            var stopping = stop(server);

            slow.response().send(200, TestServer.TEXT, TestServer.bytes("done"));
            var answer = waiting.answer();
            assertThat(answer.body()).isEqualTo("done");
            assertThat(answer.header("connection")).isEqualTo("close");
            assertThat(waiting.isEnded()).isTrue();
            stream.write("two").join();
            assertThat(streaming.head().status()).isEqualTo(200);
            assertThat(streaming.chunk()).isEqualTo("one");
            assertThat(streaming.chunk()).isEqualTo("two");
            assertThat(streaming.isSilent(A_MOMENT)).isTrue();
            assertThat(stopping).isNotDone();
            stream.response().end(ByteBuffer.wrap(TestServer.bytes("three")));
            assertThat(streaming.rest()).endsWith("three\r\n0\r\n\r\n");
            stopping.get(3, TimeUnit.SECONDS);
        }
    }

    @Test
    void breaksOffWhatIsOpenWhenTheStopTimeIsOver() throws Exception {
        var manual = new TestServer.Manual();
        try (var server = server(SHORT).with(manual, "GET /stream");
                var client = server.client()) {
            client.get("/stream");
            var stream = manual.next();
            stream.response().start(200, TestServer.TEXT);
            stream.write("one").join();
            stop(server).get(5, TimeUnit.SECONDS);
            assertThat(client.rest()).contains("one").doesNotEndWith("0\r\n\r\n");
            Await.until("the writer hears of it", () -> stream.write("two").isCompletedExceptionally());
        }
    }

    @Test
    void closesIdleConnectionsAtOnce() throws IOException {
        try (var server = server(LONG);
                var client = server.client()) {
            assertThat(client.get("/echo").answer().status()).isEqualTo(200);
            long begun = System.nanoTime();
            server.close();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void answersARequestThatHasBegun() throws Exception {
        try (var server = server(LONG);
                var client = server.client()) {
            assertThat(client.get("/echo").answer().status()).isEqualTo(200);
            client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nab");
            // The body is being read: nothing but an answer ends this now.
            assertThat(client.isSilent(A_MOMENT)).isTrue();
            var stopping = stop(server);
            // Jetty would give it a second.
            assertThat(client.isSilent(Duration.ofMillis(1300))).isTrue();
            var answer = client.send("cd").answer();
            assertThat(answer.body()).isEqualTo("POST /echo 4 abcd");
            assertThat(answer.header("connection")).isEqualTo("close");
            stopping.get(3, TimeUnit.SECONDS);
        }
    }

    @Test
    void isDoneTwiceWithoutHarm() {
        var server = server(LONG);
        int port = server.server.port();
        server.close();
        server.close();
        assertThat(isListening(port)).isFalse();
    }

    @Test
    void handsThePortOverWithoutFailingARequest() throws Exception {
        try (var server = server(LONG)) {
            int port = server.server.port();
            Load.run(8, 400, () -> new Reconnecting(port), 5, () -> server.server.change(settings(port, LONG)));
            assertThat(server.server.port()).isEqualTo(port);
        }
    }

    /** A client like any other: keeps its connection, and opens a new one when the server ends it between requests. */
    private static final class Reconnecting implements Load.Caller {
        private final int port;
        private RawClient client;
        private boolean used;

        Reconnecting(int port) {
            this.port = port;
            this.client = new RawClient(port);
        }

        @Override
        public void call() throws IOException {
            RawClient.Answer answer;
            try {
                answer = client.post("/echo", "x").answer();
            } catch (IOException e) {
                if (!used) {
                    throw e;
                }
                reconnect();
                answer = client.post("/echo", "x").answer();
            }
            assertThat(answer.body()).isEqualTo("POST /echo 1 x");
            used = true;
            if (answer.header("connection").equals("close")) {
                reconnect();
            }
        }

        private void reconnect() throws IOException {
            client.close();
            client = new RawClient(port);
            used = false;
        }

        @Override
        public void close() throws IOException {
            client.close();
        }
    }

    @Test
    void handsThePortOverWithoutFailingANewConnection() throws Exception {
        try (var server = server(LONG)) {
            int port = server.server.port();
            Load.run(4, 250, () -> new Fresh(port), 5, () -> server.server.change(settings(port, LONG)));
        }
    }

    /** A new connection for each request. */
    private record Fresh(int port) implements Load.Caller {
        @Override
        public void call() throws IOException {
            try (var client = new RawClient(port)) {
                assertThat(client.post("/echo", "x").answer().body()).isEqualTo("POST /echo 1 x");
            }
        }

        @Override
        public void close() {}
    }

    @Test
    void finishesOpenAnswersOnTheOldListener() throws Exception {
        var manual = new TestServer.Manual();
        try (var server = server(LONG).with(manual, "GET /slow");
                var client = server.client()) {
            int port = server.server.port();
            client.get("/slow");
            var open = manual.next();
            server.server.change(settings(port, LONG));
            try (var other = server.client()) {
                assertThat(other.get("/echo").answer().status()).isEqualTo(200);
            }
            open.response().send(200, TestServer.TEXT, TestServer.bytes("done"));
            assertThat(client.answer().body()).isEqualTo("done");
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void movesToAnotherPort() throws Exception {
        try (var server = server(LONG)) {
            int before = server.server.port();
            server.server.change(settings(0, LONG));
            assertThat(server.server.port()).isNotEqualTo(before);
            try (var client = server.client()) {
                assertThat(client.get("/echo").answer().status()).isEqualTo(200);
            }
            Await.until("the old port is closed", () -> !isListening(before));
        }
    }

    @Test
    void sharesThePortWithAnotherVersionOfItself() throws IOException {
        try (var before = server(LONG)) {
            int port = before.server.port();
            try (var after = new TestServer(settings(port, LONG)).withEcho()) {
                before.close();
                assertThat(after.server.port()).isEqualTo(port);
                try (var client = after.client()) {
                    assertThat(client.get("/echo").answer().status()).isEqualTo(200);
                }
            }
        }
    }

    @Test
    void staysWhereItIsIfTheNewPortIsInUse() throws IOException {
        try (var server = server(LONG);
                var occupant = new ServerSocket();
                var client = server.client()) {
            // As another gateway would.
            occupant.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            occupant.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            int before = server.server.port();
            assertThat(client.get("/echo").answer().status()).isEqualTo(200);
            server.server.change(settings(occupant.getLocalPort(), LONG));
            assertThat(server.server.port()).isEqualTo(before);
            // Even the connection is still there.
            assertThat(client.get("/echo").answer().status()).isEqualTo(200);
            try (var other = server.client()) {
                assertThat(other.get("/echo").answer().status()).isEqualTo(200);
            }
        }
    }
}
