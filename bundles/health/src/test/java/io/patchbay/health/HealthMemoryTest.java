package io.patchbay.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.health.EndpointHealth;
import io.patchbay.api.health.Outcome;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HealthMemoryTest {
    private static final String ENDPOINT = "acme:a/b";

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final HealthMemory health =
            new HealthMemory(new EjectionPolicy(5, Duration.ofSeconds(30), Duration.ofMinutes(5)), () -> now);

    @Test
    void knowsNothingOfAnEndpointThatWasNeverTried() {
        assertThat(health.of(ENDPOINT)).isEqualTo(EndpointHealth.UNKNOWN);
    }

    @Test
    void ejectsAfterFiveFailuresInARowAndTakesBackAfterTheTime() {
        fail(4);
        assertThat(health.of(ENDPOINT).ejected()).isFalse();

        fail(1);
        assertThat(health.of(ENDPOINT).ejected()).isTrue();
        assertThat(health.of(ENDPOINT).returnsIn()).isEqualTo(Duration.ofSeconds(30));
        assertThat(health.of(ENDPOINT).reason()).isEqualTo("failing: upstream error");

        pass(Duration.ofSeconds(30));
        assertThat(health.of(ENDPOINT).ejected()).isFalse();
    }

    @Test
    void aFailureOnProbationEjectsAtOnceAndForLonger() {
        fail(5);
        pass(Duration.ofSeconds(30));
        fail(1);
        assertThat(health.of(ENDPOINT).returnsIn()).isEqualTo(Duration.ofMinutes(1));

        for (int i = 0; i < 20; i++) {
            pass(Duration.ofMinutes(5));
            fail(1);
        }
        assertThat(health.of(ENDPOINT).returnsIn()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void aSuccessEndsProbation() {
        fail(5);
        pass(Duration.ofSeconds(30));
        succeed();
        fail(4);

        assertThat(health.of(ENDPOINT).ejected()).isFalse();
    }

    @Test
    void aSuccessBetweenFailuresStartsTheCountAnew() {
        fail(4);
        succeed();
        fail(4);

        assertThat(health.of(ENDPOINT).ejected()).isFalse();
    }

    @Test
    void leavesAnEndpointAloneForAsLongAsItAsks() {
        health.record(Outcome.failure(
                ENDPOINT,
                Duration.ZERO,
                Failure.builder(FailureKind.RATE_LIMITED, "slow down")
                        .retryAfter(Duration.ofSeconds(7))
                        .build()));

        assertThat(health.of(ENDPOINT).ejected()).isTrue();
        assertThat(health.of(ENDPOINT).returnsIn()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void theClientsOwnMistakesDoNotCount() {
        for (int i = 0; i < 50; i++) {
            health.record(Outcome.failure(ENDPOINT, Duration.ZERO, Failure.invalid("n", "n is wrong")));
        }

        assertThat(health.of(ENDPOINT).ejected()).isFalse();
        assertThat(health.of(ENDPOINT).failures()).isZero();
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            health.record(Outcome.failure(
                    ENDPOINT, Duration.ofMillis(5), Failure.of(FailureKind.UPSTREAM_ERROR, "it failed")));
        }
    }

    private void succeed() {
        health.record(Outcome.success(ENDPOINT, Duration.ofMillis(9), 3));
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }
}
