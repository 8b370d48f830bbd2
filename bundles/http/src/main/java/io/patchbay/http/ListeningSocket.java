package io.patchbay.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;

/**
 * An open port. A listener shares it with its successor at the same address: with a socket each, the connections that
 * the system has assigned to the old one, and that are not accepted yet, would be reset when it closes.
 */
final class ListeningSocket {
    /** How many connections of a sudden crowd wait to be accepted. */
    private static final int BACKLOG = 1024;

    private final ServerSocketChannel channel;
    private final InetSocketAddress address;
    private final PortClaim claim;
    /** Guarded by this. */
    private int users = 1;

    private ListeningSocket(ServerSocketChannel channel, InetSocketAddress address) {
        this.channel = channel;
        this.address = address;
        this.claim = PortClaim.of(address);
    }

    /** @throws IOException if the address can't be listened on */
    static ListeningSocket open(InetSocketAddress wanted) throws IOException {
        PortClaim.check(wanted);
        var channel = ServerSocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            if (channel.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
                channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            }
            channel.bind(wanted, BACKLOG);
            channel.configureBlocking(false);
            int port = channel.socket().getLocalPort();
            return new ListeningSocket(channel, new InetSocketAddress(wanted.getHostString(), port));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e instanceof IOException io ? io : new IOException(e);
        }
    }

    ServerSocketChannel channel() {
        return channel;
    }

    int port() {
        return address.getPort();
    }

    boolean isAt(InetSocketAddress wanted) {
        return address.equals(wanted);
    }

    /** One more listener uses it. */
    synchronized ListeningSocket share() {
        users++;
        return this;
    }

    /** One listener less; closed after the last one. */
    synchronized void release() throws IOException {
        users--;
        if (users == 0) {
            claim.release();
            channel.close();
        }
    }
}
