package io.patchbay.api.replay;

import io.patchbay.api.access.Permissions;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be different, and when.
 *
 * @param since the first moment
 * @param until the moment after the last one
 * @param strategy name of a routing strategy; empty for the installation's
 * @param permissions what may be used
 * @param priceFactors what each provider would ask, in shares of what it asks now, by its name: 0.8 is a fifth less;
 *     who is not in it asks what it asks now
 */
public record WhatIf(
        Instant since,
        Instant until,
        Optional<String> strategy,
        Permissions permissions,
        Map<String, BigDecimal> priceFactors) {
    /** Copies the map. */
    public WhatIf {
        priceFactors = Map.copyOf(priceFactors);
    }
}
