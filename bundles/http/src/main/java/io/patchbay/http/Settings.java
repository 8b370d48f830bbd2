package io.patchbay.http;

import java.time.Duration;
import java.util.Optional;

/**
 * What the operator has set.
 *
 * @param host address to listen on
 * @param port port to listen on, 0 for any
 * @param portFile where to write the port once it is open, empty for nowhere
 * @param limits how much, and for how long, a client may ask
 * @param swap how long to wait for bundles that come and go
 * @param cors whether browsers of any origin may call
 * @param tls where else to listen, encrypted
 */
record Settings(String host, int port, String portFile, Limits limits, Swap swap, boolean cors, Optional<Tls> tls) {
    /**
     * A second listener, for encrypted connections.
     *
     * @param host address to listen on
     * @param port port to listen on, 0 for any
     * @param files what is shown to clients
     */
    record Tls(String host, int port, CertificateFiles files) {}

    /** These settings without encrypted connections. */
    Settings withoutTls() {
        return new Settings(host, port, portFile, limits, swap, cors, Optional.empty());
    }

    /**
     * What one client, and all of them, may take.
     *
     * @param bodyBytes of one request
     * @param bufferedBytes of all requests' bodies together
     * @param headerBytes of one request's line and header fields
     * @param headerTime from the first byte of a request to the end of its header
     * @param bodyTime from the end of the header to the end of the body
     * @param idleTime without a byte in either direction, where one is due
     * @param inFlight requests being answered at once
     * @param connections open at once
     */
    record Limits(
            int bodyBytes,
            long bufferedBytes,
            int headerBytes,
            Duration headerTime,
            Duration bodyTime,
            Duration idleTime,
            int inFlight,
            int connections) {}

    /**
     * How bundles are replaced.
     *
     * @param parkTime how long requests wait for an endpoint that left
     * @param parkLimit how many may wait
     * @param drainTime how long an endpoint that leaves waits for its open answers
     * @param stopTime how long this bundle, when it stops, waits for open answers
     */
    record Swap(Duration parkTime, int parkLimit, Duration drainTime, Duration stopTime) {}
}
