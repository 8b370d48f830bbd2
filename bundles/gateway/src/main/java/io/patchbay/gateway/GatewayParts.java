package io.patchbay.gateway;

import io.patchbay.api.swap.Parking;
import io.patchbay.api.transport.Transport;
import java.util.function.LongSupplier;

/**
 * What a run works with.
 *
 * @param maxAttempts upstream attempts per generation at the most, so that a brown-out is not multiplied
 * @param nanoTime a clock like {@link System#nanoTime()}
 */
record GatewayParts(
        Transport transport,
        Tokens tokens,
        AdapterRegistry adapters,
        PlannerSlot planner,
        Parking parking,
        int maxAttempts,
        LongSupplier nanoTime) {}
