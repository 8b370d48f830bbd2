package io.patchbay.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An open listener: Jetty, set up for requests that are handled by the thread that read them. */
final class JettyServer {
    private static final Logger log = LoggerFactory.getLogger(JettyServer.class);

    /** Two selectors; the others serve the odd task that must not hold up a selector. */
    private static final int MAX_THREADS = 10;

    private static final int MIN_THREADS = 4;
    private static final int INPUT_BUFFER = 16 * 1024;
    private static final int BUFFER_STEP = 4 * 1024;
    private static final int MAX_POOLED_BUFFER = 64 * 1024;
    private static final long POOLED_HEAP = 4L << 20;
    private static final long POOLED_DIRECT = 32L << 20;
    private static final long POLL_MILLIS = 10;

    private final Server server;
    private final ClientConnector connector;
    private final Exchanges exchanges;
    private final Sweeper sweeper;
    private final PortClaim claim;

    private JettyServer(
            Server server, ClientConnector connector, Exchanges exchanges, Sweeper sweeper, PortClaim claim) {
        this.server = server;
        this.connector = connector;
        this.exchanges = exchanges;
        this.sweeper = sweeper;
        this.claim = claim;
    }

    /** @throws IOException if the address can't be listened on */
    static JettyServer open(Settings settings, Routes routes) throws IOException {
        var address = new InetSocketAddress(settings.host(), settings.port());
        PortClaim.check(address);
        var server = new Server(threads(), new ScheduledExecutorScheduler("patchbay-http-timer", true), buffers());
        var standardHeaders = new StandardHeaders(settings.cors());
        var exchanges = new Exchanges(routes, settings, standardHeaders);
        server.setHandler(exchanges);
        server.setErrorHandler(new ErrorAnswers(standardHeaders));
        var connector = connector(server, settings);
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(settings.limits().connections(), connector));
        start(server);
        var sweeper = new Sweeper(connector, server.getScheduler());
        sweeper.start();
        var claim = PortClaim.of(new InetSocketAddress(settings.host(), connector.getLocalPort()));
        return new JettyServer(server, connector, exchanges, sweeper, claim);
    }

    private static QueuedThreadPool threads() {
        var threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
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

    private static ClientConnector connector(Server server, Settings settings) {
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
        var connector = new ClientConnector(server, new HttpConnectionFactory(http), limits);
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        connector.setReusePort(true);
        connector.setAcceptedTcpNoDelay(true);
        connector.setIdleTimeout(limits.idleTime().toMillis());
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
        return connector.getLocalPort();
    }

    int inFlight() {
        return exchanges.inFlight();
    }

    /** Stops listening, answers what is under way, closes; returns whether all was answered in time. */
    boolean close(Duration patience) {
        claim.release();
        connector.close();
        // From now on, answers end their connections.
        var unused = connector.shutdown();
        boolean drained = drain(System.nanoTime() + patience.toNanos());
        sweeper.stop();
        stop(server);
        return drained;
    }

    private boolean drain(long deadlineNanos) {
        while (true) {
            connector.closeIdle();
            if (connector.getConnectedEndPoints().isEmpty()) {
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
