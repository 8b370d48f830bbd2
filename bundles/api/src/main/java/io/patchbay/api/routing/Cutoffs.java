package io.patchbay.api.routing;

import io.patchbay.api.health.Percentiles;
import java.util.OptionalDouble;

/**
 * How good an endpoint should be, by percentile; those that are left out don't matter.
 *
 * @param p50 what half of the attempts should be as good as, or better
 */
public record Cutoffs(OptionalDouble p50, OptionalDouble p75, OptionalDouble p90, OptionalDouble p99) {
    /** Everything is good enough. */
    public static final Cutoffs NONE =
            new Cutoffs(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());

    /** Whether what was measured is nowhere larger than this. */
    public boolean capsAt(Percentiles measured) {
        return measured.p50() <= p50.orElse(Double.MAX_VALUE)
                && measured.p75() <= p75.orElse(Double.MAX_VALUE)
                && measured.p90() <= p90.orElse(Double.MAX_VALUE)
                && measured.p99() <= p99.orElse(Double.MAX_VALUE);
    }

    /** Whether what was measured is nowhere smaller than this. */
    public boolean isReachedBy(Percentiles measured) {
        return measured.p50() >= p50.orElse(0)
                && measured.p75() >= p75.orElse(0)
                && measured.p90() >= p90.orElse(0)
                && measured.p99() >= p99.orElse(0);
    }
}
