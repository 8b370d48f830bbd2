package io.patchbay.testkit;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.health.Percentiles;
import io.patchbay.api.health.Span;
import io.patchbay.api.health.Window;
import io.patchbay.api.routing.RoutingContext;
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

    /** An endpoint answered so often and failed so often, whatever the span. */
    public KnownContext counting(Endpoint endpoint, long successes, long failures) {
        var before = windows.getOrDefault(endpoint.id(), Window.EMPTY);
        windows.put(endpoint.id(), new Window(successes, failures, 0, before.latency(), before.throughput()));
        return this;
    }

    /** An endpoint's first token comes after so many seconds, always. */
    public KnownContext latency(Endpoint endpoint, double seconds) {
        var before = windows.getOrDefault(endpoint.id(), Window.EMPTY);
        windows.put(
                endpoint.id(),
                new Window(
                        Math.max(1, before.successes()),
                        before.failures(),
                        before.rateLimited(),
                        Optional.of(new Percentiles(seconds, seconds, seconds, seconds)),
                        before.throughput()));
        return this;
    }

    /** An endpoint writes so many tokens per second, always. */
    public KnownContext throughput(Endpoint endpoint, double tokens) {
        var before = windows.getOrDefault(endpoint.id(), Window.EMPTY);
        windows.put(
                endpoint.id(),
                new Window(
                        Math.max(1, before.successes()),
                        before.failures(),
                        before.rateLimited(),
                        before.latency(),
                        Optional.of(new Percentiles(tokens, tokens, tokens, tokens))));
        return this;
    }

    /** An endpoint is answering so many requests. */
    public KnownContext busy(Endpoint endpoint, int requests) {
        inFlight.put(endpoint.id(), requests);
        return this;
    }

    @Override
    public Window window(Endpoint endpoint, Span span) {
        return windows.getOrDefault(endpoint.id(), Window.EMPTY);
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
