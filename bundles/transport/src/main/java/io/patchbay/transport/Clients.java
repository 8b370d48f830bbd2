package io.patchbay.transport;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.eclipse.jetty.client.ContinueProtocolHandler;
import org.eclipse.jetty.client.EarlyHintsProtocolHandler;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.ProcessingProtocolHandler;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;

/** Starts Jetty's client without what a gateway has no use for: redirects, cookies, authentication, decompression. */
final class Clients {
    /** Providers have their own connect timeout; this one only ends attempts that nobody waits for any more. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(60);

    /** The server has as many: more threads than cores would only hand work to and fro. */
    private static final int SELECTORS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    private static final int MAX_HEAD_BYTES = 64 << 10;
    private static final String NAME = "patchbay-transport";

    private Clients() {}

    static HttpClient start(Settings settings) {
        var client = new HttpClient(transport(connector(settings)));
        // Nothing that is called back blocks, so answers are handled on the selector's thread, without a hand-over.
        client.getHttpClientTransport().setInvocationType(InvocationType.NON_BLOCKING);
        client.setName(NAME);
        client.setMaxConnectionsPerDestination(settings.maxConnections());
        client.setMaxRequestsQueuedPerDestination(settings.maxQueue());
        client.setFollowRedirects(false);
        client.setHttpCookieStore(new HttpCookieStore.Empty());
        client.setUserAgentField(new HttpField(HttpHeader.USER_AGENT, "Patchbay"));
        client.setMaxRequestHeadersSize(MAX_HEAD_BYTES);
        client.setMaxResponseHeadersSize(MAX_HEAD_BYTES);
        try {
            client.start();
        } catch (Exception defect) {
            throw new IllegalStateException("The HTTP client can't be started", defect);
        }
        client.getContentDecoderFactories().clear();
        keepInterimHandlersOnly(client);
        return client;
    }

    private static HttpClientTransportOverHTTP transport(PatientConnector connector) {
        return new HttpClientTransportOverHTTP(connector) {
            @Override
            public Connection newConnection(EndPoint endPoint, Map<String, Object> context) throws IOException {
                PatientConnector.made(endPoint, context);
                return super.newConnection(endPoint, context);
            }
        };
    }

    private static PatientConnector connector(Settings settings) {
        var threads = new QueuedThreadPool(SELECTORS + 15, 2);
        threads.setName(NAME);
        threads.setDaemon(true);
        var connector = new PatientConnector(settings.permitted());
        connector.setExecutor(threads);
        connector.setScheduler(new ScheduledExecutorScheduler(NAME + "-clock", true));
        connector.setSelectors(SELECTORS);
        connector.setConnectTimeout(CONNECT_TIMEOUT);
        connector.setIdleTimeout(settings.connectionIdle());
        return connector;
    }

    private static void keepInterimHandlersOnly(HttpClient client) {
        var handlers = client.getProtocolHandlers();
        handlers.clear();
        handlers.put(new ContinueProtocolHandler());
        handlers.put(new ProcessingProtocolHandler());
        handlers.put(new EarlyHintsProtocolHandler());
    }
}
