package io.patchbay.gateway;

import io.patchbay.api.adapter.TaskAdapter;
import io.patchbay.api.cache.ResponseCache;
import io.patchbay.api.swap.Parking;
import io.patchbay.api.transport.Transport;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;

/**
 * What a run works with.
 *
 * @param tokens what is shown to providers
 * @param adapters what can chat
 * @param embedders what can embed
 * @param taskAdapters what can do tasks
 * @param promptTokens how long prompts are
 * @param presets what requests may name
 * @param pipeline what requests pass
 * @param cache where answers are kept
 * @param fetching for providers that don't fetch what requests name by addresses
 * @param timer for tasks that don't block
 * @param nanoTime a clock like {@link System#nanoTime()}
 */
record GatewayParts(
        Transport transport,
        Tokens tokens,
        AdapterRegistry<Upstream> adapters,
        AdapterRegistry<Embedder> embedders,
        AdapterRegistry<TaskAdapter> taskAdapters,
        PlannerSlot planner,
        Parking parking,
        Records records,
        InFlight inFlight,
        WarmCaches warmCaches,
        PromptTokens promptTokens,
        NamedPresets presets,
        Pipeline pipeline,
        Slot<ResponseCache> cache,
        Fetching fetching,
        GatewaySettings settings,
        ScheduledExecutorService timer,
        LongSupplier nanoTime) {

    /** What matters for the route of a request that came at this time. */
    Surroundings surroundings(Instant time) {
        return new Surroundings(inFlight, warmCaches, promptTokens, time);
    }

    /** Whether there is an adapter of this name, whatever it can do; or there was, and it may come back. */
    boolean isInstalled(String adapter) {
        return adapters.isReturning(adapter) || embedders.isReturning(adapter) || taskAdapters.isReturning(adapter);
    }
}
