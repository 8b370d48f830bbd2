package io.patchbay.fetch;

import java.time.Duration;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;

/**
 * Starts Jetty's client without what a stranger's address is not to have: redirects and cookies that it follows by itself,
 * authentication, decompression, a proxy.
 */
final class Clients {
    static final String NAME = "patchbay-fetch";

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final int MAX_HEAD_BYTES = 16 << 10;

    private Clients() {}

    static HttpClient start(CheckedResolver resolver) {
        var client = new HttpClient(new HttpClientTransportOverHTTP(connector()));
        client.setName(NAME);
        client.setSocketAddressResolver(resolver);
        client.setFollowRedirects(false);
        client.setHttpCookieStore(new HttpCookieStore.Empty());
        client.setUserAgentField(new HttpField(HttpHeader.USER_AGENT, "Patchbay"));
        client.setMaxResponseHeadersSize(MAX_HEAD_BYTES);
        client.setDestinationIdleTimeout(IDLE.toMillis());
        try {
            client.start();
        } catch (Exception defect) {
            throw new IllegalStateException("The HTTP client can't be started", defect);
        }
        client.getContentDecoderFactories().clear();
        client.getProtocolHandlers().clear();
        return client;
    }

    private static ClientConnector connector() {
        var threads = new QueuedThreadPool(8, 1);
        threads.setName(NAME);
        threads.setDaemon(true);
        var connector = new ClientConnector();
        connector.setExecutor(threads);
        connector.setScheduler(new ScheduledExecutorScheduler(NAME + "-timer", true));
        connector.setSelectors(1);
        connector.setConnectTimeout(CONNECT_TIMEOUT);
        connector.setIdleTimeout(IDLE);
        return connector;
    }
}
