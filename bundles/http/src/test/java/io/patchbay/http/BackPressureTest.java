package io.patchbay.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.http.HttpEndpoint;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BackPressureTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration IDLE = Duration.ofMillis(500);
    private static final String MEGABYTE = "0123456789abcdef".repeat(1 << 16);
    /** What the sockets' own buffers may take. */
    private static final int A_FEW = 16;

    private static TestServer server(HttpEndpoint endpoint, Duration idle) {
        var limits = TestServer.limits(LONG, LONG, idle);
        return new TestServer(TestServer.settings(limits, TestServer.swap(Duration.ofSeconds(5))))
                .with(endpoint, "GET /stream");
    }

    /** Writes until a write waits. */
    private record Stuck(int written, CompletableFuture<Void> waiting) {
        static Stuck write(TestServer.Open open) throws ExecutionException, InterruptedException {
            open.response().start(200, TestServer.TEXT);
            for (int written = 0; written < A_FEW; written++) {
                var write = open.write(MEGABYTE);
                try {
                    write.get(200, TimeUnit.MILLISECONDS);
                } catch (TimeoutException waits) {
                    return new Stuck(written, write);
                }
            }
            throw new AssertionError("took " + A_FEW + " MB that nobody reads");
        }
    }

    @Test
    void holdsTheWriterWhileTheClientDoesNotRead() throws Exception {
        var manual = new TestServer.Manual();
        try (var server = server(manual, LONG);
                var client = server.client()) {
            client.get("/stream");
            var open = manual.next();
            var stuck = Stuck.write(open);

            assertThat(client.head().status()).isEqualTo(200);
            for (int i = 0; i <= stuck.written(); i++) {
                assertThat(client.chunk().equals(MEGABYTE)).isTrue();
            }
            stuck.waiting().get(5, TimeUnit.SECONDS);
            open.response().end(ByteBuffer.wrap(TestServer.bytes("end")));
            assertThat(client.chunk()).isEqualTo("end");
            assertThat(client.chunk()).isEmpty();
        }
    }

    @Test
    void endsAnAnswerThatNobodyReads() throws Exception {
        var manual = new TestServer.Manual();
        try (var server = server(manual, IDLE);
                var client = server.client()) {
            client.get("/stream");
            var open = manual.next();
            var gone = new AtomicInteger();
            open.response().onClientGone(gone::incrementAndGet);
            var stuck = Stuck.write(open);
            Await.until("given up", Duration.ofSeconds(3), stuck.waiting()::isDone);
            assertThat(stuck.waiting()).isCompletedExceptionally();
            assertThat(gone).hasValue(1);
            assertThat(client.rest()).doesNotEndWith("0\r\n\r\n");
        }
    }

    @Test
    void endsAWholeAnswerThatNobodyReads() throws Exception {
        var body = TestServer.bytes(MEGABYTE.repeat(A_FEW));
        HttpEndpoint large = (request, response) -> response.send(200, TestServer.TEXT, body);
        try (var server = server(large, IDLE);
                var client = server.client()) {
            client.get("/stream");
            // The answer has begun.
            assertThat(client.line()).isEqualTo("HTTP/1.1 200 OK");
            var leaving = CompletableFuture.runAsync(() -> server.server.unbind(large));
            Await.until("given up", Duration.ofSeconds(3), leaving::isDone);
            assertThat(client.rest().length()).isLessThan(body.length);
        }
    }

    @Test
    void holdsUpNobodyElse() throws Exception {
        var manual = new TestServer.Manual();
        try (var server = server(manual, LONG).withEcho();
                var stuck = server.client();
                var other = server.client()) {
            stuck.get("/stream");
            Stuck.write(manual.next());
            for (int i = 0; i < 100; i++) {
                assertThat(other.get("/echo").answer().status()).isEqualTo(200);
            }
        }
    }
}
