package io.patchbay.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An open listener: Jetty, set up for requests that are handled by the thread that read them. */
final class JettyServer {
    private static final Logger log = LoggerFactory.getLogger(JettyServer.class);

    /** Beside the selectors: the acceptor, and those that serve the odd task that must not hold up a selector. */
    private static final int OTHER_THREADS = 8;

    private static final int MIN_THREADS = 4;
    private static final int INPUT_BUFFER = 16 * 1024;
    private static final int BUFFER_STEP = 4 * 1024;
    private static final int MAX_POOLED_BUFFER = 64 * 1024;
    private static final long POOLED_HEAP = 4L << 20;
    private static final long POOLED_DIRECT = 32L << 20;
    private static final long POLL_MILLIS = 10;
    /** Times in a row that nobody must be connected: a client accepted at the last moment does not count as that yet. */
    private static final int QUIET_POLLS = 5;

    private final Server server;
    private final ClientConnector connector;
    private final Exchanges exchanges;
    private final Sweeper sweeper;
    private final ListeningSocket socket;

    private JettyServer(
            Server server, ClientConnector connector, Exchanges exchanges, Sweeper sweeper, ListeningSocket socket) {
        this.server = server;
        this.connector = connector;
        this.exchanges = exchanges;
        this.sweeper = sweeper;
        this.socket = socket;
    }

    /** Begins to listen. The socket is this server's to release, unless that fails. */
    static JettyServer open(Settings settings, Routes routes, ListeningSocket socket) throws IOException {
        var threads = threads();
        var server = new Server(threads, new ScheduledExecutorScheduler("patchbay-http-timer", true), buffers());
        var standardHeaders = new StandardHeaders(settings.cors());
        var exchanges = new Exchanges(routes, settings, standardHeaders);
        server.setHandler(exchanges);
        server.setErrorHandler(new ErrorAnswers(standardHeaders));
        var connector = connector(server, threads, settings, socket);
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(settings.limits().connections(), connector));
        start(server);
        var sweeper = new Sweeper(connector, server.getScheduler());
        sweeper.start();
        return new JettyServer(server, connector, exchanges, sweeper, socket);
    }

    private static ServerThreads threads() {
        var threads = new ServerThreads(ClientConnector.SELECTORS + OTHER_THREADS, MIN_THREADS);
        threads.setName("patchbay-http");
        threads.setDaemon(true);
        // Threads in reserve are for handlers that block; there are none.
        threads.setReservedThreads(0);
        return threads;
    }

    private static ArrayByteBufferPool buffers() {
        return new ArrayByteBufferPool(
                0, BUFFER_STEP, MAX_POOLED_BUFFER, Integer.MAX_VALUE, POOLED_HEAP, POOLED_DIRECT);
    }

    private static ClientConnector connector(
            Server server, ServerThreads threads, Settings settings, ListeningSocket socket) throws IOException {
        var limits = settings.limits();
        var http = new HttpConfiguration();
        http.setHttpCompliance(HttpCompliance.STRICT);
        // Clients put a model's name into the path as one segment: /models/author%2Fname.
        http.setUriCompliance(UriCompliance.DEFAULT.with("patchbay", UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR));
        http.setRequestHeaderSize(limits.headerBytes());
        http.setInputBufferSize(INPUT_BUFFER);
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
        http.setSendDateHeader(true);
        var connector = new ClientConnector(server, threads, new HttpConnectionFactory(http), limits, socket);
        connector.setAcceptedTcpNoDelay(true);
        connector.setIdleTimeout(limits.idleTime().toMillis());
        // Else a client has one second for its next byte once this listener stops.
        connector.setShutdownIdleTimeout(limits.idleTime().toMillis());
        return connector;
    }

    private static void start(Server server) throws IOException {
        try {
            server.start();
        } catch (Exception e) {
            stop(server);
            throw e instanceof IOException io ? io : new IOException(e);
        }
    }

    private static void stop(Server server) {
        try {
            server.stop();
        } catch (Exception e) {
            log.warn("The listener did not stop cleanly", e);
        }
    }

    int port() {
        return socket.port();
    }

    /** The same socket for a successor, if that wants to listen at the same address. */
    Optional<ListeningSocket> share(InetSocketAddress address) {
        return socket.isAt(address) ? Optional.of(socket.share()) : Optional.empty();
    }

    int inFlight() {
        return exchanges.inFlight();
    }

    /** Stops listening, answers what is under way, closes; returns whether all was answered in time. */
    boolean close(Duration patience) {
        connector.close();
        release(socket);
        // From now on, answers end their connections.
        var unused = connector.shutdown();
        boolean drained = drain(System.nanoTime() + patience.toNanos());
        sweeper.stop();
        stop(server);
        return drained;
    }

    private static void release(ListeningSocket socket) {
        try {
            socket.release();
        } catch (IOException e) {
            log.warn("Port {} was not closed cleanly", socket.port(), e);
        }
    }

    private boolean drain(long deadlineNanos) {
        int quiet = 0;
        while (true) {
            connector.closeIdle();
            quiet = connector.getConnectedEndPoints().isEmpty() ? quiet + 1 : 0;
            if (quiet == QUIET_POLLS) {
                return true;
            }
            if (System.nanoTime() - deadlineNanos > 0) {
                return exchanges.inFlight() == 0;
            }
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
