package io.patchbay.testkit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * A provider for tests: HTTP/1.1 on a raw socket of the loopback interface, so that it can break every rule a provider
 * ever broke. What it answers is a script; {@link FakeAnswers} has the usual ones.
 *
 * <pre>{@code
 * try (var upstream = FakeUpstream.start()) {
 *     upstream.answerNext(FakeAnswers.error(503, "busy"));
 *     upstream.answer(exchange -> {
 *         exchange.head(200, "Content-Type: text/event-stream", "Transfer-Encoding: chunked");
 *         exchange.chunk("data: half of an ev");
 *         exchange.reset();
 *     });
 *     … upstream.baseUrl() …
 *     assertThat(upstream.requests()).hasSize(2);
 * }
 * }</pre>
 *
 * <p>Connections are kept alive until a script or the client closes them. For any thread.
 */
public final class FakeUpstream implements AutoCloseable {
    private final ServerSocket server;
    private final Queue<Script> nextAnswers = new ConcurrentLinkedQueue<>();
    private final List<ReceivedRequest> requests = new CopyOnWriteArrayList<>();
    private final List<Throwable> scriptFailures = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private volatile Script standingAnswer = FakeAnswers.chat("Hello from the fake upstream.");

    private FakeUpstream(ServerSocket server) {
        this.server = server;
    }

    /** What to do about a request. An {@link IOException} only means that the client has gone. */
    @FunctionalInterface
    public interface Script {
        /** Answers, or fails to. When it returns, the connection waits for the next request, unless it was closed. */
        void run(FakeExchange exchange) throws IOException, InterruptedException;
    }

    /** Starts on a free port. Answers every request with a short chat completion until told otherwise. */
    public static FakeUpstream start() {
        try {
            var upstream = new FakeUpstream(new ServerSocket(0, 512, InetAddress.getLoopbackAddress()));
            daemon("fake-upstream", upstream::accept);
            return upstream;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** From now on, requests are answered like this. */
    public FakeUpstream answer(Script script) {
        standingAnswer = script;
        return this;
    }

    /** One request is answered like this, before those of {@link #answer}; more such calls queue up. */
    public FakeUpstream answerNext(Script script) {
        nextAnswers.add(script);
        return this;
    }

    /** Where it is, with the path {@code /v1} and without a trailing slash. */
    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + port() + "/v1");
    }

    /** The port it listens to. */
    public int port() {
        return server.getLocalPort();
    }

    /** The requests received so far, whole, in order. */
    public List<ReceivedRequest> requests() {
        return List.copyOf(requests);
    }

    /** The latest request. */
    public ReceivedRequest lastRequest() {
        var received = requests();
        if (received.isEmpty()) {
            throw new AssertionError("no request has come");
        }
        return received.get(received.size() - 1);
    }

    /** Waits until so many requests have come. */
    public void awaitRequests(int count, Duration limit) {
        await(() -> requests.size() >= count, limit, count + " requests");
    }

    /** How many connections were accepted so far. */
    public int connections() {
        return accepted.get();
    }

    /** How many connections are open on this side. */
    public int openConnections() {
        return open.size();
    }

    /** Waits until so many connections are left. An idle one is seen to close at once, a busy one by its script. */
    public void awaitOpenConnections(int count, Duration limit) {
        await(() -> open.size() == count, limit, count + " open connections");
    }

    /** Closes the connections that are open, in good order, without answering. */
    public void closeConnections() {
        open.forEach(FakeUpstream::closeQuietly);
    }

    /** What scripts threw beside {@link IOException}: failed assertions, for example. */
    public List<Throwable> scriptFailures() {
        return List.copyOf(scriptFailures);
    }

    /** Stops listening and closes every connection. */
    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        closeConnections();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                accepted.incrementAndGet();
                open.add(socket);
                daemon("fake-upstream-connection", () -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            var in = new BufferedInputStream(socket.getInputStream());
            var onThisConnection = 0;
            while (!socket.isClosed()) {
                var request = RequestReader.read(in);
                if (request.isEmpty()) {
                    return;
                }
                requests.add(request.get());
                onThisConnection++;
                var script = nextAnswers.poll();
                var exchange = new FakeExchange(socket, in, request.get(), onThisConnection);
                (script == null ? standingAnswer : script).run(exchange);
            }
        } catch (IOException clientGone) {
            // Nobody is left to be told.
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error failure) {
            scriptFailures.add(failure);
        } finally {
            open.remove(socket);
        }
    }

    static void await(BooleanSupplier condition, Duration limit, String what) {
        var end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("not within " + limit.toMillis() + " ms: " + what);
            }
            try {
                TimeUnit.MILLISECONDS.sleep(2);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting for " + what, stopped);
            }
        }
    }

    private static void daemon(String name, Runnable work) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException closed) {
            // It is closed all the same.
        }
    }
}
