package io.patchbay.api.health;

import io.patchbay.api.failure.FailureKind;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What came of the attempts at an endpoint within a {@link Span}. A client's own mistakes are not among them.
 *
 * @param successes attempts that answered
 * @param failures attempts that did not, without those that the provider asked to wait
 * @param rateLimited attempts that the provider asked to wait
 * @param latency seconds to the first token; empty if no streamed answer came
 * @param throughput completion tokens per second of an answer, counted from the request on; empty if too little came
 * @param failureKinds how many attempts failed in which way, those included that the provider asked to wait
 */
public record Window(
        long successes,
        long failures,
        long rateLimited,
        Optional<Percentiles> latency,
        Optional<Percentiles> throughput,
        Map<FailureKind, Long> failureKinds) {
    /** Nothing was tried. */
    public static final Window EMPTY = new Window(0, 0, 0, Optional.empty(), Optional.empty());

    /** Copies the kinds. */
    public Window {
        failureKinds = Map.copyOf(failureKinds);
    }

    /** A window of which nobody knows how attempts failed. */
    public Window(
            long successes,
            long failures,
            long rateLimited,
            Optional<Percentiles> latency,
            Optional<Percentiles> throughput) {
        this(successes, failures, rateLimited, latency, throughput, Map.of());
    }

    /** The share of attempts that answered, of those that were not asked to wait; 0 to 1, empty if there was none. */
    public OptionalDouble uptime() {
        long counted = successes + failures;
        return counted == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) successes / counted);
    }
}
