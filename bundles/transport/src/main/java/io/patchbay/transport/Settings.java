package io.patchbay.transport;

import java.time.Duration;

/**
 * How the transport works.
 *
 * @param maxConnections per provider address
 * @param maxQueue of requests that wait for one of these connections
 * @param connectionIdle after which a pooled connection is closed
 * @param drainTimeout how long calls under way are waited for at the end
 */
record Settings(int maxConnections, int maxQueue, Duration connectionIdle, Duration drainTimeout, Limits limits) {
    /** What is shipped. */
    static final Settings DEFAULT =
            new Settings(1024, 1024, Duration.ofSeconds(60), Duration.ofSeconds(10), Limits.DEFAULT);
}
