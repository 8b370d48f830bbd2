package io.patchbay.fetch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A server of files on all addresses of this machine, that counts who comes. */
final class Web implements AutoCloseable {
    final AtomicInteger visits = new AtomicInteger();
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final HttpServer server;

    /** What a server says to one request. */
    interface Page {
        void answer(HttpExchange exchange) throws IOException;
    }

    Web() {
        try {
            server = HttpServer.create(new InetSocketAddress(0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.setExecutor(workers);
        page("/", exchange -> send(exchange, 200, "a file"));
        server.start();
    }

    Web page(String path, Page page) {
        server.createContext(path, exchange -> {
            visits.incrementAndGet();
            try (exchange) {
                page.answer(exchange);
            }
        });
        return this;
    }

    Web redirect(String path, String to) {
        return page(path, exchange -> {
            exchange.getResponseHeaders().set("Location", to);
            exchange.sendResponseHeaders(302, -1);
        });
    }

    static void send(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "Text/Plain; charset=utf-8");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** An address on this machine. */
    String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
