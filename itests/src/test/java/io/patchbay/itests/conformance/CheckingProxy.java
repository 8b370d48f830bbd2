package io.patchbay.itests.conformance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Stands between the gateway and a client that has HTTP of its own, so that its answers are looked at as well. */
public final class CheckingProxy implements AutoCloseable {
    /** Those that belong to one connection, or that {@link HttpRequest} sets itself. */
    private static final Set<String> HOP =
            Set.of("connection", "content-length", "expect", "host", "keep-alive", "transfer-encoding", "upgrade");

    private static final int BUFFER = 16 * 1024;

    private final URI gateway;
    private final HttpClient client = CheckedHttpClient.around(
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final HttpServer server;

    private CheckingProxy(URI gateway, HttpServer server) {
        this.gateway = gateway;
        this.server = server;
    }

    /** Starts one, on a port of its own, before the gateway of this address, which has no path. */
    public static CheckingProxy of(URI gateway) {
        // Small writes shall go at once, as the gateway's do.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var proxy = new CheckingProxy(gateway, server);
            server.setExecutor(proxy.workers);
            server.createContext("/", proxy::forward);
            server.start();
            return proxy;
        } catch (IOException noSocket) {
            throw new UncheckedIOException(noSocket);
        }
    }

    /** Its address without a path. */
    public URI root() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + '/');
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }

    private void forward(HttpExchange exchange) throws IOException {
        try (exchange) {
            var response = client.send(request(exchange), HttpResponse.BodyHandlers.ofInputStream());
            try (var body = response.body()) {
                answer(exchange, response, body);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpRequest request(HttpExchange exchange) throws IOException {
        var body =
                HttpRequest.BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes());
        var request = HttpRequest.newBuilder(
                        gateway.resolve(exchange.getRequestURI().toString()))
                .method(exchange.getRequestMethod(), body);
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!HOP.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return request.build();
    }

    private static void answer(HttpExchange exchange, HttpResponse<InputStream> response, InputStream body)
            throws IOException {
        response.headers().map().forEach((name, values) -> {
            if (!HOP.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> exchange.getResponseHeaders().add(name, value));
            }
        });
        long length = response.headers().firstValueAsLong("Content-Length").orElse(0);
        exchange.sendResponseHeaders(response.statusCode(), length);
        var out = exchange.getResponseBody();
        var buffer = new byte[BUFFER];
        for (int read; (read = body.read(buffer)) >= 0; ) {
            out.write(buffer, 0, read);
            out.flush();
        }
    }
}
