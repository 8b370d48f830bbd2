package io.patchbay.transport;

import io.patchbay.api.adapter.UpstreamRequest;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.network.Network;
import io.patchbay.api.network.PublicAddresses;
import io.patchbay.api.transport.Transport;
import io.patchbay.api.transport.UpstreamCall;
import io.patchbay.api.transport.UpstreamListener;
import java.time.Duration;
import org.eclipse.jetty.client.HttpClient;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The component: one Jetty client for all providers. Immediate, because its connections are worth keeping. */
@Component(service = Transport.class, immediate = true, configurationPid = "io.patchbay.transport")
@Designate(ocd = JettyTransport.Config.class)
public final class JettyTransport implements Transport, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(JettyTransport.class);
    /** Servers of the operator's own run there, most of the time. */
    static final String LOOPBACK = "127.0.0.0/8, ::1/128";

    /** Settings of the transport. */
    @ObjectClassDefinition(name = "Patchbay transport")
    @interface Config {
        @AttributeDefinition(
                description =
                        "Networks that are connected to although they are not public, as in 10.1.0.0/16, separated"
                                + " by commas")
        String permitted$_$networks() default LOOPBACK;

        @AttributeDefinition(description = "Connections to one provider address at the most", min = "1")
        int max$_$connections() default 1024;

        @AttributeDefinition(description = "Requests that may wait for one of these connections", min = "1")
        int max$_$queue() default 1024;

        @AttributeDefinition(description = "Seconds after which an unused connection is closed", min = "1")
        int connection$_$idle$_$seconds() default 60;

        @AttributeDefinition(description = "Bytes of an answer that is not streamed, at the most", min = "1024")
        int max$_$answer$_$bytes() default 32 << 20;

        @AttributeDefinition(description = "Bytes of an error answer that are read, at the most", min = "1024")
        int max$_$error$_$bytes() default 1 << 20;

        @AttributeDefinition(description = "Bytes of one event of a stream, at the most", min = "1024")
        int max$_$event$_$bytes() default 16 << 20;

        @AttributeDefinition(description = "Milliseconds that open calls are waited for before the transport goes")
        long drain$_$timeout$_$millis() default 10_000;
    }

    private final Settings settings;
    private final HttpClient client;
    private final OpenCalls calls;
    private final Requests requests;

    @Activate
    public JettyTransport(Config config) {
        this(new Settings(
                new PublicAddresses(Network.parseAll(
                        config.permitted$_$networks(),
                        mistake -> log.error("io.patchbay.transport.cfg: permitted-networks: {}", mistake))),
                config.max$_$connections(),
                config.max$_$queue(),
                Duration.ofSeconds(config.connection$_$idle$_$seconds()),
                Duration.ofMillis(config.drain$_$timeout$_$millis()),
                new Limits(config.max$_$answer$_$bytes(), config.max$_$error$_$bytes(), config.max$_$event$_$bytes())));
    }

    JettyTransport(Settings settings) {
        this.settings = settings;
        this.client = Clients.start(settings);
        this.calls = new OpenCalls(client.getScheduler());
        this.requests = new Requests(client);
        log.info("Transport is up: at most {} connections per provider", settings.maxConnections());
    }

    /** One with the settings of {@link Config}, for tools and tests outside a container. */
    public static JettyTransport withUsualSettings() {
        return new JettyTransport(Settings.DEFAULT);
    }

    @Override
    public UpstreamCall send(Provider provider, UpstreamRequest request, UpstreamListener listener) {
        var call = new Call(client, requests, calls, settings.limits(), provider, request, listener);
        call.start();
        return call;
    }

    /** Takes no more calls, waits a bounded time for those under way, then closes every connection. */
    @Deactivate
    @Override
    public void close() {
        calls.drain(settings.drainTimeout());
        calls.destroy();
        try {
            client.stop();
        } catch (Exception defect) {
            log.warn("The HTTP client did not stop in good order", defect);
        }
        log.info("Transport is down");
    }
}
