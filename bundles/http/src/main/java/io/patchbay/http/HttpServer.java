package io.patchbay.http;

import io.patchbay.api.http.HttpEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The door of the gateway: listens, and hands requests to the endpoints that are there. Immediate, because nobody asks
 * for it; it is there for clients. The socket opens in {@link #open}, not in the constructor, because the framework
 * binds the endpoints between the two.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = "io.patchbay.http")
@Designate(ocd = HttpServer.Config.class)
public final class HttpServer {
    /** Settings of the listener. */
    @ObjectClassDefinition(name = "Patchbay HTTP server")
    @interface Config {
        @AttributeDefinition(description = "Address to listen on")
        String host() default "127.0.0.1";

        @AttributeDefinition(description = "Port to listen on, 0 for any free one", min = "0", max = "65535")
        int port() default 8080;

        @AttributeDefinition(description = "File that the open port's number is written to, empty for none")
        String port$_$file() default "";

        @AttributeDefinition(
                description = "Port to listen on for encrypted connections, 0 for any free one, -1 for none",
                min = "-1",
                max = "65535")
        int tls$_$port() default -1;

        @AttributeDefinition(description = "Address to listen on for encrypted connections; empty for the other one's")
        String tls$_$host() default "";

        @AttributeDefinition(description = "File with the certificate and its chain, in PEM")
        String tls$_$certificate() default "";

        @AttributeDefinition(description = "File with the certificate's key, in PEM (PKCS #8, no password)")
        String tls$_$key() default "";

        @AttributeDefinition(description = "Whether web pages of any origin may call the API (CORS)")
        boolean cors() default true;

        @AttributeDefinition(description = "Bytes of a request's body at the most; a larger one gets a 413", min = "1")
        int max$_$body$_$bytes() default 32 * 1024 * 1024;

        @AttributeDefinition(
                description = "Bytes of all requests' bodies together; 0 for a quarter of the heap. Beyond it: 503",
                min = "0")
        long max$_$buffered$_$bytes() default 0;

        @AttributeDefinition(description = "Bytes of a request's header at the most; more gets a 431", min = "1024")
        int max$_$header$_$bytes() default 16 * 1024;

        @AttributeDefinition(description = "Milliseconds in which a request's header has to arrive", min = "1")
        long header$_$timeout$_$millis() default 30_000;

        @AttributeDefinition(description = "Milliseconds in which a request's body has to arrive", min = "1")
        long body$_$timeout$_$millis() default 60_000;

        @AttributeDefinition(
                description = "Milliseconds after which an unused connection, or one that nobody reads, is closed",
                min = "1")
        long idle$_$timeout$_$millis() default 75_000;

        @AttributeDefinition(description = "Requests being answered at once; any more get a 503", min = "1")
        int max$_$in$_$flight() default 10_000;

        @AttributeDefinition(description = "Connections open at once; any more wait to be accepted", min = "1")
        int max$_$connections() default 20_000;

        @AttributeDefinition(
                description = "Milliseconds a request waits for an endpoint that is being replaced, before a 503",
                min = "0")
        long park$_$timeout$_$millis() default 30_000;

        @AttributeDefinition(description = "Requests that may wait like that at once; any more get a 503", min = "0")
        int park$_$limit() default 1000;

        @AttributeDefinition(
                description = "Milliseconds an endpoint that is being removed waits for its open answers",
                min = "0")
        long drain$_$timeout$_$millis() default 10_000;

        @AttributeDefinition(description = "Milliseconds the server waits for open answers when it stops", min = "0")
        long stop$_$timeout$_$millis() default 25_000;
    }

    private static final Logger log = LoggerFactory.getLogger(HttpServer.class);

    /** What makes this gateway ready for use. */
    private static final String MAIN_METHOD = "POST";

    private static final String MAIN_PATH = "/api/v1/chat/completions";

    private final ScheduledExecutorService scheduler;
    private final Routes routes;
    private Settings settings;
    private @Nullable JettyServer server;

    @Activate
    public HttpServer(Config config) {
        this(settings(config));
    }

    HttpServer(Settings settings) {
        this.settings = settings;
        // The framework unbinds the endpoints after close(): what they would have scheduled is of no use then.
        this.scheduler = new ScheduledThreadPoolExecutor(1, HttpServer::daemon, new DiscardPolicy());
        this.routes = new Routes(settings.swap(), scheduler);
        var health = new HealthEndpoint(() -> routes.answers(MAIN_METHOD, MAIN_PATH));
        routes.add(new BoundEndpoint(health, HealthEndpoint.PROPERTIES));
    }

    private static Settings settings(Config config) {
        long buffered = config.max$_$buffered$_$bytes() > 0
                ? config.max$_$buffered$_$bytes()
                : Runtime.getRuntime().maxMemory() / 4;
        var limits = new Settings.Limits(
                config.max$_$body$_$bytes(),
                buffered,
                config.max$_$header$_$bytes(),
                Duration.ofMillis(config.header$_$timeout$_$millis()),
                Duration.ofMillis(config.body$_$timeout$_$millis()),
                Duration.ofMillis(config.idle$_$timeout$_$millis()),
                config.max$_$in$_$flight(),
                config.max$_$connections());
        var swap = new Settings.Swap(
                Duration.ofMillis(config.park$_$timeout$_$millis()),
                config.park$_$limit(),
                Duration.ofMillis(config.drain$_$timeout$_$millis()),
                Duration.ofMillis(config.stop$_$timeout$_$millis()));
        return new Settings(
                config.host(), config.port(), config.port$_$file(), limits, swap, config.cors(), tls(config));
    }

    private static Optional<Settings.Tls> tls(Config config) {
        if (config.tls$_$port() < 0) {
            return Optional.empty();
        }
        var host = config.tls$_$host().isBlank() ? config.host() : config.tls$_$host();
        var files = new CertificateFiles(Path.of(config.tls$_$certificate()), Path.of(config.tls$_$key()));
        return Optional.of(new Settings.Tls(host, config.tls$_$port(), files));
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bind(HttpEndpoint endpoint, Map<String, Object> properties) {
        try {
            routes.add(new BoundEndpoint(endpoint, properties));
        } catch (IllegalArgumentException e) {
            log.warn("{} is not used: {}", endpoint.getClass().getName(), e.getMessage());
        }
    }

    /** Returns when the endpoint may be deactivated. */
    void unbind(HttpEndpoint endpoint) {
        routes.remove(endpoint);
    }

    @Activate
    synchronized void open() {
        try {
            server = open(settings);
        } catch (IOException e) {
            if (settings.tls().isEmpty()) {
                throw new UncheckedIOException("can't listen on " + settings.host() + ':' + settings.port(), e);
            }
            log.error("No encrypted connections until io.patchbay.http.cfg is mended: {}", e.getMessage());
            settings = settings.withoutTls();
            open();
        }
    }

    private JettyServer open(Settings wanted) throws IOException {
        var opened = open(wanted, socket(wanted.host(), wanted.port()));
        log.info("Listening on {}:{}", wanted.host(), opened.port());
        opened.encryptedPort()
                .ifPresent(port -> log.info(
                        "Listening on {}:{} with TLS",
                        wanted.tls().orElseThrow().host(),
                        port));
        if (!wanted.portFile().isBlank()) {
            try {
                new PortFile(Path.of(wanted.portFile())).write(opened.port());
            } catch (IOException e) {
                log.warn("The port can't be written to {}", wanted.portFile(), e);
            }
        }
        return opened;
    }

    private JettyServer open(Settings wanted, ListeningSocket socket) throws IOException {
        Optional<ListeningSocket> encrypted = Optional.empty();
        try {
            if (wanted.tls().isPresent()) {
                var tls = wanted.tls().get();
                encrypted = Optional.of(socket(tls.host(), tls.port()));
            }
            return JettyServer.open(wanted, routes, socket, encrypted);
        } catch (IOException e) {
            socket.release();
            if (encrypted.isPresent()) {
                encrypted.get().release();
            }
            throw e;
        }
    }

    /** The one that is open, if it is at the wanted address: then nobody who connects meanwhile is lost. */
    private ListeningSocket socket(String host, int port) throws IOException {
        var address = new InetSocketAddress(host, port);
        var shared = server == null ? Optional.<ListeningSocket>empty() : server.share(address);
        return shared.isPresent() ? shared.get() : ListeningSocket.open(address);
    }

    @Modified
    void modified(Config config) {
        change(settings(config));
    }

    /** Opens anew, then lets the old listener finish in the background. What can't be opened changes nothing. */
    synchronized void change(Settings wanted) {
        JettyServer opened;
        try {
            opened = open(wanted);
        } catch (IOException e) {
            log.error("Can't listen on {}:{}; everything stays as it was", wanted.host(), wanted.port(), e);
            return;
        }
        var old = server;
        var patience = settings.swap().stopTime();
        settings = wanted;
        server = opened;
        routes.configure(wanted.swap());
        if (old != null) {
            daemon(() -> close(old, patience)).start();
        }
    }

    /** Returns when what was under way has been answered. */
    @Deactivate
    synchronized void close() {
        if (server != null) {
            close(server, settings.swap().stopTime());
            server = null;
        }
        scheduler.shutdownNow();
    }

    private static Thread daemon(Runnable task) {
        var thread = new Thread(task, "patchbay-http-swap");
        thread.setDaemon(true);
        return thread;
    }

    private static void close(JettyServer closing, Duration patience) {
        int port = closing.port();
        if (closing.close(patience)) {
            log.info("Port {} is closed", port);
        } else {
            log.warn("Port {} was closed with {} answers under way", port, closing.inFlight());
        }
    }

    /** Where it listens for encrypted connections, if it does. */
    synchronized OptionalInt encryptedPort() {
        return server == null ? OptionalInt.empty() : server.encryptedPort();
    }

    /** Where it listens. */
    synchronized int port() {
        if (server == null) {
            throw new IllegalStateException("not open");
        }
        return server.port();
    }
}
