package io.patchbay.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever generates an answer hears promptly that nobody waits for it any more. */
class ClientGoneTest {
    /** A promise of one second, and room for a machine that is busy with other tests. */
    private static final Duration PROMPTLY = Duration.ofSeconds(3);

    private final TestServer.Manual manual = new TestServer.Manual();
    private final TestServer server = TestServer.start().withEcho().with(manual, "GET /stream");
    private final AtomicInteger gone = new AtomicInteger();

    @AfterEach
    void stop() {
        server.close();
    }

    /** Opens an answer and reads its first piece. */
    private TestServer.Open stream(RawClient client) throws Exception {
        var open = request(client);
        open.response().start(200, TestServer.TEXT);
        open.write("one").join();
        assertThat(client.head().status()).isEqualTo(200);
        assertThat(client.chunk()).isEqualTo("one");
        return open;
    }

    private TestServer.Open request(RawClient client) throws Exception {
        client.get("/stream");
        var open = manual.next();
        open.response().onClientGone(gone::incrementAndGet);
        return open;
    }

    private void isHeard() {
        Await.until("the client's going is heard", PROMPTLY, () -> gone.get() > 0);
        assertThat(gone).hasValue(1);
    }

    @Test
    void isHeardWhenItResetsWhileNothingIsWritten() throws Exception {
        try (var client = server.client()) {
            stream(client);
            client.reset();
            isHeard();
        }
    }

    @Test
    void isHeardWhenItClosesWhileNothingIsWritten() throws Exception {
        try (var client = server.client()) {
            stream(client);
            client.close();
            isHeard();
        }
    }

    @Test
    void isHeardBeforeTheAnswerHasBegun() throws Exception {
        try (var client = server.client()) {
            request(client);
            client.close();
            isHeard();
        }
    }

    @Test
    void isHeardWhenItHasShutDownItsOutput() throws Exception {
        try (var client = server.client()) {
            stream(client);
            client.socket.shutdownOutput();
            isHeard();
            assertThat(client.rest()).doesNotContain("0\r\n\r\n");
        }
    }

    @Test
    void isHeardWhilePipelinedBytesWait() throws Exception {
        try (var client = server.client()) {
            stream(client);
            client.get("/echo").send("GET /ec");
            client.close();
            isHeard();
        }
    }

    @Test
    void isHeardByAWriteThatGoesNowhere() throws Exception {
        try (var client = server.client()) {
            var open = stream(client);
            client.reset();
            Await.until("a write fails", PROMPTLY, () -> isFailed(open.write("more")));
            isHeard();
            assertThat(open.write("more")).isCompletedExceptionally();
            open.response().end(ByteBuffer.allocate(0));
        }
    }

    private static boolean isFailed(CompletableFuture<Void> write) {
        return write.handle((done, failure) -> failure != null).join();
    }

    @Test
    void isToldToThoseWhoAskLate() throws Exception {
        try (var client = server.client()) {
            var open = stream(client);
            client.close();
            isHeard();
            open.response().onClientGone(gone::incrementAndGet);
            assertThat(gone).hasValue(2);
        }
    }

    @Test
    void letsItsEndpointLeave() throws Exception {
        try (var client = server.client()) {
            request(client);
            var leaving = CompletableFuture.runAsync(() -> server.server.unbind(manual));
            assertThat(client.isSilent(Duration.ofMillis(50))).isTrue();
            assertThat(leaving).isNotDone();
            client.close();
            isHeard();
            Await.until("the endpoint has left", PROMPTLY, leaving::isDone);
        }
    }

    @Test
    void isNoMatterAfterTheAnswer() throws Exception {
        try (var other = server.client()) {
            try (var client = server.client()) {
                var open = stream(client);
                open.response().end(ByteBuffer.wrap(TestServer.bytes("two")));
                assertThat(client.chunk()).isEqualTo("two");
                assertThat(client.chunk()).isEmpty();
            }
            // By the time another one's going is heard, the first one's would have been.
            var unheard = new AtomicInteger();
            other.get("/stream");
            manual.next().response().onClientGone(unheard::incrementAndGet);
            other.close();
            Await.until("the other's going is heard", PROMPTLY, () -> unheard.get() > 0);
            assertThat(gone).hasValue(0);
        }
    }

    @Test
    void isNotConfusedWithSendingTheNextRequestEarly() throws Exception {
        try (var client = server.client()) {
            var open = stream(client);
            client.post("/echo", "early").send("GET /below/ha");
            probed();
            open.response().end(ByteBuffer.wrap(TestServer.bytes("two")));
            assertThat(client.chunk()).isEqualTo("two");
            assertThat(client.chunk()).isEmpty();
            assertThat(client.answer().body()).isEqualTo("POST /echo 5 early");
            client.send("lf HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.answer().body()).isEqualTo("GET /below/half 0 ");
            assertThat(gone).hasValue(0);
        }
    }

    /** Returns when a later answer's connection has been found closed: the earlier ones have been looked at by then. */
    private void probed() throws Exception {
        for (int i = 0; i < 2; i++) {
            var heard = new AtomicInteger();
            try (var other = server.client()) {
                other.get("/stream");
                manual.next().response().onClientGone(heard::incrementAndGet);
            }
            Await.until("another's going is heard", PROMPTLY, () -> heard.get() > 0);
        }
    }

    @Test
    void isNotConfusedWithPipeliningWithoutEnd() throws Exception {
        try (var client = server.client()) {
            var open = stream(client);
            var requests = "GET /echo HTTP/1.1\r\nHost: x\r\n\r\n".repeat(10_000);
            var sending = CompletableFuture.runAsync(() -> send(client, requests));
            probed();
            open.response().end(ByteBuffer.allocate(0));
            assertThat(client.chunk()).isEmpty();
            for (int i = 0; i < 10_000; i++) {
                assertThat(client.answer().body()).isEqualTo("GET /echo 0 ");
            }
            sending.join();
            assertThat(gone).hasValue(0);
        }
    }

    private static void send(RawClient client, String text) {
        try {
            client.send(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
