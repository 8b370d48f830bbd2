package io.patchbay.api.health;

import java.time.Duration;

/**
 * How an endpoint is.
 *
 * @param ejected whether it is to be passed over for now
 * @param reason why it is ejected, one short phrase; empty if it is not
 * @param returnsIn how long until it may be tried again; zero if it is not ejected
 * @param successes answers given lately
 * @param failures failures lately
 */
public record EndpointHealth(boolean ejected, String reason, Duration returnsIn, long successes, long failures) {
    /** Nothing is known, so nothing speaks against it. */
    public static final EndpointHealth UNKNOWN = new EndpointHealth(false, "", Duration.ZERO, 0, 0);
}
