package io.patchbay.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.UUID;

/**
 * Tells a hand-over from an accident. Listeners share their port, so that a new version of this bundle can listen
 * while the old one finishes. A second gateway on the same port would then not be noticed: requests would go to either.
 * So the port has to be free, unless this very process holds it, which a system property says to all versions.
 */
final class PortClaim {
    private static final String PROPERTY = "io.patchbay.http.listening.";

    private final String key;
    private final String token;

    private PortClaim(String key, String token) {
        this.key = key;
        this.token = token;
    }

    /** @throws IOException if somebody else listens there */
    static void check(InetSocketAddress address) throws IOException {
        if (address.getPort() == 0 || System.getProperty(key(address)) != null) {
            return;
        }
        try (var probe = ServerSocketChannel.open()) {
            probe.bind(address);
        }
    }

    static PortClaim of(InetSocketAddress address) {
        var claim = new PortClaim(key(address), UUID.randomUUID().toString());
        System.setProperty(claim.key, claim.token);
        return claim;
    }

    private static String key(InetSocketAddress address) {
        return PROPERTY + address.getPort();
    }

    /** The port is not ours any more; if a newer listener has claimed it, it stays claimed. */
    void release() {
        System.getProperties().remove(key, token);
    }
}
