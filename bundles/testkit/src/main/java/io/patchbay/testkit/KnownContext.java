package io.patchbay.testkit;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Price;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.health.Percentiles;
import io.patchbay.api.health.Span;
import io.patchbay.api.health.Window;
import io.patchbay.api.routing.RoutingContext;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * What a test of a routing strategy says is known: nothing, until it says so. A request of 1,000 prompt tokens whose
 * answer is expected to have 500.
 */
public final class KnownContext implements RoutingContext {
    private final Map<String, Window> windows = new HashMap<>();
    private final Map<String, Integer> inFlight = new HashMap<>();
    private final RandomGenerator die;

    private KnownContext(RandomGenerator die) {
        this.die = die;
    }

    /** One whose chance is always the same for the same seed. */
    public static KnownContext of(long seed) {
        return new KnownContext(new Random(seed));
    }

    /** An endpoint of the model {@code a/b} that asks so many dollars for a million tokens of either kind. */
    public static Endpoint endpoint(String provider, long dollars) {
        var price = BigDecimal.valueOf(dollars);
        return Endpoint.builder(
                        new ModelId("a", "b", ""),
                        Provider.builder(provider, "openai").build())
                .price(Price.perMillionTokens(price, price))
                .build();
    }

    /** An endpoint answered so often and failed so often, whatever the span. */
    public KnownContext counting(Endpoint endpoint, long successes, long failures) {
        var before = known(endpoint);
        return know(endpoint, new Window(successes, failures, 0, before.latency(), before.throughput()));
    }

    /** An endpoint's first token comes after so many seconds, always. */
    public KnownContext latency(Endpoint endpoint, double seconds) {
        return measuring(endpoint, always(seconds), known(endpoint).throughput());
    }

    /** An endpoint writes so many tokens per second, always. */
    public KnownContext throughput(Endpoint endpoint, double tokens) {
        return measuring(endpoint, known(endpoint).latency(), always(tokens));
    }

    private static Optional<Percentiles> always(double value) {
        return Optional.of(new Percentiles(value, value, value, value, value));
    }

    private KnownContext measuring(Endpoint endpoint, Optional<Percentiles> latency, Optional<Percentiles> throughput) {
        var before = known(endpoint);
        long successes = Math.max(1, before.successes());
        return know(endpoint, new Window(successes, before.failures(), before.rateLimited(), latency, throughput));
    }

    private Window known(Endpoint endpoint) {
        return windows.getOrDefault(endpoint.id(), Window.EMPTY);
    }

    private KnownContext know(Endpoint endpoint, Window window) {
        windows.put(endpoint.id(), window);
        return this;
    }

    /** An endpoint is answering so many requests. */
    public KnownContext busy(Endpoint endpoint, int requests) {
        inFlight.put(endpoint.id(), requests);
        return this;
    }

    @Override
    public Window window(Endpoint endpoint, Span span) {
        return known(endpoint);
    }

    @Override
    public int inFlight(Endpoint endpoint) {
        return inFlight.getOrDefault(endpoint.id(), 0);
    }

    @Override
    public long promptTokens() {
        return 1_000;
    }

    @Override
    public long completionTokens() {
        return 500;
    }

    @Override
    public Instant time() {
        return Instant.parse("2026-11-30T12:00:00Z");
    }

    @Override
    public RandomGenerator die() {
        return die;
    }
}
