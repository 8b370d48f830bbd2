package io.patchbay.http;

import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Accepts clients' connections. */
final class ClientConnector extends ServerConnector {
    /** Accepting is left to the selectors: one thread less, and no hand-over. */
    private static final int ACCEPTORS = 0;
    /** More selectors than that only hand work to and fro, as one carries some 10,000 requests a second. */
    private static final int MAX_SELECTORS = 2;

    private final Settings.Limits limits;

    ClientConnector(Server server, HttpConnectionFactory http, Settings.Limits limits) {
        super(server, null, null, null, ACCEPTORS, selectors(), http);
        this.limits = limits;
    }

    private static int selectors() {
        return Math.min(MAX_SELECTORS, Runtime.getRuntime().availableProcessors());
    }

    @Override
    protected SocketChannelEndPoint newEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key) {
        var endPoint = new ClientEndPoint(channel, selector, key, getScheduler(), getExecutor(), limits);
        endPoint.setIdleTimeout(getIdleTimeout());
        return endPoint;
    }

    /** Closes the connections on which nothing is under way, as this listener is going to stop. */
    void closeIdle() {
        for (var endPoint : getConnectedEndPoints()) {
            if (endPoint instanceof ClientEndPoint client && client.isDispensable()) {
                client.close();
            }
        }
    }
}
