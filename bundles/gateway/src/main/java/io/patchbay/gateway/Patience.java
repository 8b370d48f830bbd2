package io.patchbay.gateway;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.health.Health;
import io.patchbay.api.health.Percentiles;
import io.patchbay.api.health.Span;
import io.patchbay.api.health.Window;
import java.time.Duration;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * How long an endpoint may take to its first token while another one could be asked: a few times as long as it takes
 * at its slowest, as far as that is known.
 *
 * @param factor times the 99th percentile of late; 0 for waiting as long as the provider's own time-outs allow
 * @param least never less than this
 */
record Patience(int factor, Duration least) {
    /** What is shipped. */
    static final Patience DEFAULT = new Patience(4, Duration.ofSeconds(5));

    /** Fewer answers don't tell how slow the slowest are: a model that thinks now and then has not thought yet. */
    private static final int ENOUGH = 20;

    private static final double NANOS = 1e9;

    /** The minutes to go by: the last five, or half an hour if nobody has streamed since. */
    static Window lately(Endpoint endpoint, Health health) {
        var recent = health.window(endpoint.id(), Span.FIVE_MINUTES);
        return recent.latency().isPresent() ? recent : health.window(endpoint.id(), Span.HALF_HOUR);
    }

    /** The time for an endpoint; empty if there is no telling. */
    Optional<Duration> with(Window lately) {
        return factor == 0 ? Optional.empty() : times(factor, Percentiles::p99, least, lately);
    }

    /** So many times a percentile, but no less than {@code least}; empty if too little is known. */
    static Optional<Duration> times(
            int factor, ToDoubleFunction<Percentiles> percentile, Duration least, Window lately) {
        if (lately.successes() < ENOUGH) {
            return Optional.empty();
        }
        return lately.latency()
                .map(known -> Duration.ofNanos((long) (factor * percentile.applyAsDouble(known) * NANOS)))
                .map(time -> time.compareTo(least) < 0 ? least : time);
    }
}
