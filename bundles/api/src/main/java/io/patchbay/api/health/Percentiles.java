package io.patchbay.api.health;

/**
 * How something that was measured is spread, from good to bad: {@code p90} is what nine of ten attempts were as good as,
 * or better.
 */
public record Percentiles(double p50, double p75, double p90, double p95, double p99) {}
