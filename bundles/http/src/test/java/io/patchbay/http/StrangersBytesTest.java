package io.patchbay.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one client sends never gets into the request of another, whatever nonsense a third one sends. */
class StrangersBytesTest {
    private static final int REQUESTS = 1500;
    private static final String POST = "POST /echo HTTP/1.1\r\nHost: x\r\n";
    private static final List<String> NONSENSE = List.of(
            POST + "Content-Length: 1, 1\r\n\r\nx",
            POST + "A: " + "b".repeat(20_000) + "\r\n\r\n",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            POST + "Transfer-Encoding: chunked\r\n\r\n5\r\nab");

    private volatile boolean done;
    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start().withEcho();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void neverGetIntoARequest() throws Exception {
        var threads = Executors.newCachedThreadPool();
        try {
            NONSENSE.forEach(nonsense -> threads.execute(() -> send(nonsense)));
            var first = threads.submit(() -> converse("one"));
            var second = threads.submit(() -> converse("two"));
            first.get(60, TimeUnit.SECONDS);
            second.get(60, TimeUnit.SECONDS);
        } finally {
            done = true;
            threads.shutdown();
            assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    private void send(String nonsense) {
        while (!done) {
            try (var client = server.client()) {
                client.send(nonsense);
                client.socket.shutdownOutput();
                client.rest();
            } catch (IOException e) {
                // Closed before all of it was sent: fine.
                assertThat(e).isInstanceOf(SocketException.class);
            }
        }
    }

    private Void converse(String name) throws IOException {
        for (int i = 0; i < REQUESTS; i++) {
            var said = name + ' ' + i;
            try (var client = server.client()) {
                assertThat(client.post("/echo", said).answer().body())
                        .isEqualTo("POST /echo " + said.length() + ' ' + said);
            }
        }
        return null;
    }
}
