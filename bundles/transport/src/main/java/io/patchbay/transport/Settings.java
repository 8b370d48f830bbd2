package io.patchbay.transport;

import io.patchbay.api.network.Network;
import io.patchbay.api.network.PublicAddresses;
import java.time.Duration;

/**
 * How the transport works.
 *
 * @param permitted addresses of providers
 * @param maxConnections per provider address
 * @param maxQueue of requests that wait for one of these connections
 * @param connectionIdle after which a pooled connection is closed
 * @param drainTimeout how long calls under way are waited for at the end
 */
record Settings(
        PublicAddresses permitted,
        int maxConnections,
        int maxQueue,
        Duration connectionIdle,
        Duration drainTimeout,
        Limits limits) {
    /** What is shipped. */
    static final Settings DEFAULT = new Settings(
            new PublicAddresses(Network.parseAll(JettyTransport.LOOPBACK, mistake -> {})),
            1024,
            1024,
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            Limits.DEFAULT);
}
