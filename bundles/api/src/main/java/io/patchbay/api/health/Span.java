package io.patchbay.api.health;

import java.time.Duration;

/** How far back statistics reach. */
public enum Span {
    /** What goes wrong right now. */
    HALF_MINUTE(Duration.ofSeconds(30)),
    /** What clients' wishes for latency and throughput are held against. */
    FIVE_MINUTES(Duration.ofMinutes(5)),
    HALF_HOUR(Duration.ofMinutes(30)),
    DAY(Duration.ofDays(1));

    private final Duration duration;

    Span(Duration duration) {
        this.duration = duration;
    }

    public Duration duration() {
        return duration;
    }
}
