package io.patchbay.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.health.Outcome;
import io.patchbay.api.health.Percentiles;
import io.patchbay.api.health.Span;
import io.patchbay.api.health.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WindowsTest {
    private static final String ENDPOINT = "p:a/b";

    private final Windows windows = new Windows();
    private Instant now = Instant.parse("2026-11-30T12:00:00Z");

    @Test
    void countsAnswersFailuresAndRequestsToWaitApart() {
        answer(100, 1_000, 50);
        fail(FailureKind.UPSTREAM_ERROR);
        fail(FailureKind.RATE_LIMITED);

        var window = window(Span.HALF_MINUTE);

        assertThat(window.successes()).isEqualTo(1);
        assertThat(window.failures()).isEqualTo(1);
        assertThat(window.rateLimited()).isEqualTo(1);
        assertThat(window.uptime()).hasValue(0.5);
    }

    @Test
    void tellsHowAttemptsFailed() {
        fail(FailureKind.TIMEOUT);
        fail(FailureKind.TIMEOUT);
        fail(FailureKind.RATE_LIMITED);
        pass(Duration.ofMinutes(10));
        fail(FailureKind.OVERLOADED);

        assertThat(window(Span.FIVE_MINUTES).failureKinds()).containsExactly(Map.entry(FailureKind.OVERLOADED, 1L));
        assertThat(window(Span.DAY).failureKinds())
                .containsOnly(
                        Map.entry(FailureKind.TIMEOUT, 2L),
                        Map.entry(FailureKind.RATE_LIMITED, 1L),
                        Map.entry(FailureKind.OVERLOADED, 1L));
    }

    @Test
    void measuresOfADayAreSpreadToo() {
        for (int hour = 0; hour < 20; hour++) {
            for (int i = 0; i < 100; i++) {
                answer(hour < 10 ? 100 : 300, 1_000, 100);
            }
            pass(Duration.ofHours(1));
        }

        assertThat(window(Span.HALF_HOUR).latency()).isEmpty();
        assertThat(window(Span.DAY).latency()).hasValueSatisfying(latency -> {
            assertThat(latency.p50()).isCloseTo(0.1, within(0.001));
            assertThat(latency.p75()).isCloseTo(0.3, within(0.001));
        });
        assertThat(window(Span.DAY).throughput()).isPresent();
    }

    @Test
    void tellsHowMeasuresAreSpreadFromGoodToBad() {
        for (int i = 1; i <= 50; i++) {
            // 100 tokens in i hundred milliseconds
            answer(10L * i, 100L * i, 100);
        }

        var window = window(Span.FIVE_MINUTES);

        assertThat(window.latency()).hasValueSatisfying(latency -> {
            assertThat(latency.p50()).isCloseTo(0.25, within(0.001));
            assertThat(latency.p90()).isCloseTo(0.45, within(0.001));
            assertThat(latency.p99()).isCloseTo(0.50, within(0.001));
        });
        assertThat(window.throughput().map(Percentiles::p50))
                .hasValueSatisfying(median -> assertThat(median).isCloseTo(40, within(0.1)));
        assertThat(window.throughput().map(Percentiles::p99))
                .hasValueSatisfying(tail -> assertThat(tail).isCloseTo(20, within(0.1)));
    }

    @Test
    void aFewSlowOnesWeighNoMoreThanTheyAre() {
        for (int i = 0; i < 1_000; i++) {
            answer(10, 1_000, 100);
        }
        pass(Duration.ofSeconds(30));
        for (int i = 0; i < 10; i++) {
            pass(Duration.ofSeconds(20));
            answer(3_000, 4_000, 100);
        }

        assertThat(window(Span.FIVE_MINUTES).latency()).hasValueSatisfying(latency -> {
            assertThat(latency.p95()).isCloseTo(0.01, within(0.001));
            assertThat(latency.p99()).isCloseTo(0.01, within(0.001));
        });
        assertThat(window(Span.FIVE_MINUTES).throughput().map(Percentiles::p99))
                .hasValueSatisfying(tail -> assertThat(tail).isCloseTo(100, within(0.1)));
    }

    @Test
    void oneThatWasOutrunTookThatLongAtLeast() {
        answer(10, 1_000, 100);
        windows.record(
                Outcome.failure(
                        ENDPOINT, Duration.ofSeconds(2), Failure.of(FailureKind.OUTRUN, "another one was faster")),
                now.toEpochMilli());

        assertThat(window(Span.HALF_MINUTE).latency().map(Percentiles::p99))
                .hasValueSatisfying(tail -> assertThat(tail).isCloseTo(2, within(0.001)));
        assertThat(window(Span.HALF_MINUTE).failures()).isZero();
        assertThat(window(Span.HALF_MINUTE).successes()).isEqualTo(1);
    }

    @Test
    void anAnswerOfAFewTokensOrOneThatComesWholeIsNotMeasured() {
        windows.record(Outcome.success(ENDPOINT, Duration.ofSeconds(1), 3), now.toEpochMilli());

        assertThat(window(Span.HALF_MINUTE).successes()).isEqualTo(1);
        assertThat(window(Span.HALF_MINUTE).latency()).isEmpty();
        assertThat(window(Span.HALF_MINUTE).throughput()).isEmpty();
    }

    @Test
    void whatIsOlderThanItsSpanIsForgotten() {
        fail(FailureKind.UPSTREAM_ERROR);

        pass(Duration.ofMinutes(1).plusSeconds(1));
        assertThat(window(Span.HALF_MINUTE)).isEqualTo(Window.EMPTY);
        assertThat(window(Span.FIVE_MINUTES).failures()).isEqualTo(1);

        pass(Duration.ofMinutes(5));
        assertThat(window(Span.FIVE_MINUTES)).isEqualTo(Window.EMPTY);
        assertThat(window(Span.HALF_HOUR).failures()).isEqualTo(1);

        pass(Duration.ofMinutes(31));
        assertThat(window(Span.HALF_HOUR)).isEqualTo(Window.EMPTY);
        assertThat(window(Span.DAY).failures()).isEqualTo(1);

        pass(Duration.ofHours(25));
        assertThat(window(Span.DAY)).isEqualTo(Window.EMPTY);
    }

    @Test
    void aStormOfAnswersIsSampledFairly() {
        for (int i = 0; i < 20_000; i++) {
            answer(i % 2 == 0 ? 100 : 900, 1_000, 50);
        }

        var window = window(Span.HALF_MINUTE);

        assertThat(window.successes()).isEqualTo(20_000);
        assertThat(window.latency()).hasValueSatisfying(latency -> {
            assertThat(latency.p75()).isCloseTo(0.9, within(0.001));
            assertThat(latency.p50()).isIn((double) 0.1f, (double) 0.9f);
        });
    }

    @Test
    void isReckonedOnceASecondAtTheMost() {
        fail(FailureKind.UPSTREAM_ERROR);
        var first = window(Span.HALF_MINUTE);
        fail(FailureKind.UPSTREAM_ERROR);

        assertThat(window(Span.HALF_MINUTE)).isSameAs(first);

        pass(Duration.ofSeconds(1));
        assertThat(window(Span.HALF_MINUTE).failures()).isEqualTo(2);
    }

    private Window window(Span span) {
        return windows.window(span, now.toEpochMilli());
    }

    private void answer(long firstTokenMillis, long totalMillis, int tokens) {
        windows.record(
                Outcome.streamed(ENDPOINT, Duration.ofMillis(firstTokenMillis), Duration.ofMillis(totalMillis), tokens),
                now.toEpochMilli());
    }

    private void fail(FailureKind kind) {
        windows.record(
                Outcome.failure(ENDPOINT, Duration.ofMillis(5), Failure.of(kind, "it failed")), now.toEpochMilli());
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }
}
