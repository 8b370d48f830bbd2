package io.patchbay.http;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.IO;

/** Accepts clients' connections. */
final class ClientConnector extends ServerConnector {
    /** Not left to the selectors: Jetty would listen until it has stopped, and nevermore after too many connections. */
    private static final int ACCEPTORS = 1;
    /** The transport has as many: more threads than cores would only hand work to and fro. */
    static final int SELECTORS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    private final ServerThreads threads;
    private final Settings.Limits limits;
    private final ListeningSocket socket;
    /** Where the acceptor waits: closing it leaves the socket open to other listeners. */
    private final Selector waiting;

    ClientConnector(
            Server server,
            ServerThreads threads,
            List<ConnectionFactory> protocols,
            Settings.Limits limits,
            ListeningSocket socket)
            throws IOException {
        super(server, resuming(threads), null, null, ACCEPTORS, SELECTORS, protocols.toArray(ConnectionFactory[]::new));
        this.threads = threads;
        this.limits = limits;
        this.socket = socket;
        this.waiting = Selector.open();
    }

    /**
     * Runs a connection that goes on after an answer on the thread that ended the answer, everything else in the pool.
     * Nothing blocks here, and a hand-over to a pooled thread would cost as much as the rest of a small request.
     */
    private static Executor resuming(ServerThreads threads) {
        return task -> {
            if (task instanceof Connection) {
                threads.work(task);
            } else {
                threads.execute(task);
            }
        };
    }

    @Override
    public void open() throws IOException {
        socket.channel().register(waiting, SelectionKey.OP_ACCEPT);
    }

    @Override
    public boolean isOpen() {
        return waiting.isOpen();
    }

    @Override
    public void accept(int acceptor) throws IOException {
        waiting.select(ready -> {});
        var client = socket.channel().accept();
        // Another listener on this socket may have been faster.
        if (client != null) {
            client.configureBlocking(false);
            configure(client.socket());
            getSelectorManager().accept(client);
        }
    }

    /** Accepts no more. */
    @Override
    public void close() {
        super.close();
        IO.close(waiting);
    }

    @Override
    protected SocketChannelEndPoint newEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key) {
        var endPoint = new ClientEndPoint(channel, selector, key, getScheduler(), threads, limits);
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
