package io.patchbay.gateway;

import io.patchbay.api.health.Percentiles;
import io.patchbay.api.health.Window;
import java.time.Duration;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * When a second endpoint is asked beside one that is slow to begin; the client gets the answer of whichever begins first.
 * See Dean and Barroso, "The Tail at Scale", on hedged requests.
 *
 * @param percentile of the endpoint's own times to the first token, after which the second one is asked: 50, 75, 90, 95
 *     or 99; 0 for never
 * @param least never sooner than this
 * @param budget how many may be under way
 */
record Hedging(int percentile, Duration least, AttemptBudget budget) {
    Hedging {
        if (percentile != 0) {
            var unused = percentile(percentile);
        }
    }

    /** After how long; empty if never, or if there is no telling how slow is slow. */
    Optional<Duration> after(Window lately) {
        return percentile == 0 ? Optional.empty() : Patience.times(1, percentile(percentile), least, lately);
    }

    private static ToDoubleFunction<Percentiles> percentile(int number) {
        return switch (number) {
            case 50 -> Percentiles::p50;
            case 75 -> Percentiles::p75;
            case 90 -> Percentiles::p90;
            case 95 -> Percentiles::p95;
            case 99 -> Percentiles::p99;
            default ->
                throw new IllegalArgumentException("hedge-percentile is 50, 75, 90, 95, 99 or 0, and not " + number);
        };
    }
}
