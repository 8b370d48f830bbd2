package io.patchbay.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.AbstractHTTP2ServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.component.Graceful;
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
    private final Exchanges exchanges;
    private final List<Door> doors;

    private JettyServer(Server server, Exchanges exchanges, List<Door> doors) {
        this.server = server;
        this.exchanges = exchanges;
        this.doors = doors;
    }

    /** One open port. */
    private record Door(ClientConnector connector, ListeningSocket socket, Sweeper sweeper, Runnable stop) {}

    /**
     * Begins to listen. The sockets are this server's to release, unless that fails.
     *
     * @param encrypted where to listen for encrypted connections, if that is wanted
     */
    static JettyServer open(
            Settings settings, Routes routes, ListeningSocket socket, Optional<ListeningSocket> encrypted)
            throws IOException {
        var threads = threads();
        var server = new Server(threads, new ScheduledExecutorScheduler("patchbay-http-timer", true), buffers());
        var standardHeaders = new StandardHeaders(settings.cors());
        var exchanges = new Exchanges(routes, settings, standardHeaders);
        server.setHandler(exchanges);
        server.setErrorHandler(new ErrorAnswers(standardHeaders));
        var doors = new ArrayList<Door>();
        doors.add(door(server, threads, settings.limits(), plain(settings.limits()), socket, () -> {}));
        if (encrypted.isPresent()) {
            var watch = new CertificateWatch(settings.tls().orElseThrow().files(), server.getScheduler());
            doors.add(door(
                    server,
                    threads,
                    settings.limits(),
                    encrypted(settings.limits(), watch),
                    encrypted.get(),
                    watch::stop));
            start(server);
            watch.start();
        } else {
            start(server);
        }
        doors.forEach(door -> door.sweeper().start());
        return new JettyServer(server, exchanges, List.copyOf(doors));
    }

    private static Door door(
            Server server,
            ServerThreads threads,
            Settings.Limits limits,
            List<ConnectionFactory> protocols,
            ListeningSocket socket,
            Runnable stop)
            throws IOException {
        var connector = new ClientConnector(server, threads, protocols, limits, socket);
        connector.setAcceptedTcpNoDelay(true);
        connector.setIdleTimeout(limits.idleTime().toMillis());
        // Else a client has one second for its next byte once this listener stops.
        connector.setShutdownIdleTimeout(limits.idleTime().toMillis());
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(limits.connections(), connector));
        return new Door(connector, socket, new Sweeper(connector, server.getScheduler()), stop);
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

    /** HTTP/1.1, and HTTP/2 for who begins with that. */
    private static List<ConnectionFactory> plain(Settings.Limits limits) {
        var http = http(limits);
        return List.of(new HttpConnectionFactory(http), unhurried(new PriorKnowledge(http)));
    }

    /** The same, as client and server agree while they begin to encrypt. */
    private static List<ConnectionFactory> encrypted(Settings.Limits limits, CertificateWatch watch) {
        var http = http(limits);
        http.addCustomizer(new SecureRequestCustomizer(false));
        var plain = new HttpConnectionFactory(http);
        var negotiation = new ALPNServerConnectionFactory();
        negotiation.setDefaultProtocol(plain.getProtocol());
        return List.of(
                new SslConnectionFactory(watch.context(), negotiation.getProtocol()),
                negotiation,
                unhurried(new HTTP2ServerConnectionFactory(http)),
                plain);
    }

    /** Streams have no time of their own after which they are idle: {@link ClientEndPoint} sees to those that stall. */
    private static ConnectionFactory unhurried(AbstractHTTP2ServerConnectionFactory factory) {
        factory.setStreamIdleTimeout(0);
        return factory;
    }

    private static HttpConfiguration http(Settings.Limits limits) {
        var http = new HttpConfiguration();
        http.setHttpCompliance(HttpCompliance.STRICT);
        // Clients put a model's name into the path as one segment: /models/author%2Fname.
        http.setUriCompliance(UriCompliance.DEFAULT.with("patchbay", UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR));
        http.setRequestHeaderSize(limits.headerBytes());
        http.setInputBufferSize(INPUT_BUFFER);
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
        http.setSendDateHeader(true);
        return http;
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
        return doors.get(0).socket().port();
    }

    /** Where it listens for encrypted connections, if it does. */
    OptionalInt encryptedPort() {
        return doors.size() > 1 ? OptionalInt.of(doors.get(1).socket().port()) : OptionalInt.empty();
    }

    /** The same socket for a successor, if one of them is at the address that it wants to listen at. */
    Optional<ListeningSocket> share(InetSocketAddress address) {
        return doors.stream()
                .map(Door::socket)
                .filter(socket -> socket.isAt(address))
                .findFirst()
                .map(ListeningSocket::share);
    }

    int inFlight() {
        return exchanges.inFlight();
    }

    /** Stops listening, answers what is under way, closes; returns whether all was answered in time. */
    boolean close(Duration patience) {
        for (var door : doors) {
            door.connector().close();
            release(door.socket());
            // From now on, answers end their connections.
            var unused = Graceful.shutdown(door.connector());
        }
        boolean drained = drain(System.nanoTime() + patience.toNanos());
        doors.forEach(door -> {
            door.sweeper().stop();
            door.stop().run();
        });
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
            doors.forEach(door -> door.connector().closeIdle());
            boolean isQuiet = doors.stream()
                    .allMatch(door -> door.connector().getConnectedEndPoints().isEmpty());
            quiet = isQuiet ? quiet + 1 : 0;
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
