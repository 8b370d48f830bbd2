package io.patchbay.http;

import io.patchbay.api.http.Headers;
import io.patchbay.api.http.HttpEndpoint;
import io.patchbay.api.http.HttpRequest;
import io.patchbay.api.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/** A running server with settings fit for tests. */
final class TestServer implements AutoCloseable {
    static final Headers TEXT = Headers.of("Content-Type", "text/plain");

    final HttpServer server;

    TestServer(Settings settings) {
        server = new HttpServer(settings);
        server.open();
    }

    static TestServer start() {
        return new TestServer(settings(limits(Duration.ofMinutes(5)), swap(Duration.ofSeconds(5))));
    }

    static Settings settings(Settings.Limits limits, Settings.Swap swap) {
        return new Settings("127.0.0.1", 0, "", limits, swap, true, Optional.empty());
    }

    /** One time for header, body and idling. */
    static Settings.Limits limits(Duration time) {
        return limits(time, time, time);
    }

    static Settings.Limits limits(Duration header, Duration body, Duration idle) {
        return new Settings.Limits(1 << 20, 64L << 20, 16 * 1024, header, body, idle, 1000, 1000);
    }

    static Settings.Swap swap(Duration time) {
        return new Settings.Swap(time, 100, time, time);
    }

    /** Adds an endpoint for one or more routes. */
    TestServer with(HttpEndpoint endpoint, String... routes) {
        server.bind(endpoint, Map.of(HttpEndpoint.ROUTES, routes));
        return this;
    }

    /** Adds an endpoint that says what it got. */
    TestServer withEcho() {
        return with(
                (request, response) -> response.send(
                        200,
                        TEXT,
                        bytes(request.method()
                                + ' '
                                + request.path()
                                + ' '
                                + request.body().length
                                + ' '
                                + new String(request.body(), StandardCharsets.UTF_8))),
                "GET /echo",
                "POST /echo",
                "GET /below/*");
    }

    int port() {
        return server.port();
    }

    RawClient client() {
        return new RawClient(server.port());
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.close();
    }

    /** An exchange that waits for the test to answer it. */
    record Open(HttpRequest request, HttpResponse response) {
        CompletableFuture<Void> write(String text) {
            return response.write(ByteBuffer.wrap(bytes(text))).toCompletableFuture();
        }
    }

    /** An endpoint that leaves its exchanges to the test. */
    static final class Manual implements HttpEndpoint {
        private final BlockingQueue<Open> opened = new LinkedBlockingQueue<>();

        @Override
        public void handle(HttpRequest request, HttpResponse response) {
            opened.add(new Open(request, response));
        }

        Open next() throws InterruptedException {
            var open = opened.poll(10, java.util.concurrent.TimeUnit.SECONDS);
            if (open == null) {
                throw new AssertionError("no request came");
            }
            return open;
        }

        boolean isEmpty() {
            return opened.isEmpty();
        }
    }
}
