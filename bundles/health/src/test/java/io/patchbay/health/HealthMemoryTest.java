package io.patchbay.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.health.EndpointHealth;
import io.patchbay.api.health.EndpointHealth.Condition;
import io.patchbay.api.health.Outcome;
import io.patchbay.api.health.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthMemoryTest {
    private static final String ENDPOINT = "acme:a/b";

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path folder;

    private HealthMemory health;

    @BeforeEach
    void begin() {
        health = begun();
    }

    private HealthMemory begun() {
        return new HealthMemory(EjectionPolicy.DEFAULT, () -> now, new HealthFile(folder.resolve("health")));
    }

    @Test
    void knowsNothingOfAnEndpointThatWasNeverTried() {
        assertThat(health.of(ENDPOINT)).isEqualTo(EndpointHealth.UNKNOWN);
    }

    @Test
    void ejectsAfterFiveFailuresInARowAndTakesBackAfterTheTime() {
        fail(4);
        assertThat(health.of(ENDPOINT).isOut()).isFalse();

        fail(1);
        assertThat(health.of(ENDPOINT).isOut()).isTrue();
        assertThat(health.of(ENDPOINT).returnsIn()).isEqualTo(Duration.ofSeconds(30));
        assertThat(health.of(ENDPOINT).reason()).isEqualTo("failing: upstream error");

        pass(Duration.ofSeconds(30));
        assertThat(health.of(ENDPOINT).isOut()).isFalse();
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

        assertThat(health.of(ENDPOINT).isOut()).isFalse();
    }

    @Test
    void aSuccessBetweenFailuresStartsTheCountAnew() {
        fail(4);
        succeed();
        fail(4);

        assertThat(health.of(ENDPOINT).isOut()).isFalse();
    }

    @Test
    void ejectsAnEndpointThatFailsMoreThanHalfTheTime() {
        for (int i = 0; i < 9; i++) {
            fail(1);
            succeed();
        }
        fail(1);
        assertThat(condition()).as("10 of 19 are too few to tell").isEqualTo(Condition.WELL);

        fail(1);
        assertThat(condition()).as("11 of 20").isEqualTo(Condition.EJECTED);
    }

    @Test
    void forgetsOfTheShareOfFailuresWhatIsOlderThanHalfAMinute() {
        for (int i = 0; i < 8; i++) {
            fail(1);
            succeed();
            fail(1);
        }
        pass(Duration.ofSeconds(31));
        for (int i = 0; i < 10; i++) {
            succeed();
            fail(1);
        }

        assertThat(condition()).isEqualTo(Condition.WELL);
    }

    @Test
    void isOnProbationUntilItAnswers() {
        fail(5);
        pass(Duration.ofSeconds(30));
        assertThat(condition()).isEqualTo(Condition.ON_PROBATION);

        succeed();
        assertThat(condition()).isEqualTo(Condition.WELL);
    }

    @Test
    void whatWasUnderWayWhenItWasEjectedSaysNothingNew() {
        pass(Duration.ofSeconds(10));
        fail(5);
        pass(Duration.ofSeconds(2));
        health.record(Outcome.failure(
                ENDPOINT, Duration.ofSeconds(3), Failure.of(FailureKind.UPSTREAM_ERROR, "it failed as well")));
        assertThat(health.of(ENDPOINT).returnsIn()).isEqualTo(Duration.ofSeconds(28));

        health.record(Outcome.success(ENDPOINT, Duration.ofSeconds(3), 3));
        assertThat(condition()).as("it may have been the last one").isEqualTo(Condition.EJECTED);
    }

    @Test
    void anAnswerAsALastResortEndsTheEjection() {
        fail(5);
        pass(Duration.ofSeconds(2));
        succeed();

        assertThat(condition()).isEqualTo(Condition.WELL);
    }

    @Test
    void failuresAsALastResortKeepItOutAndDoNotMakeTheNextTimeLonger() {
        fail(5);
        pass(Duration.ofSeconds(29));
        fail(20);
        assertThat(health.of(ENDPOINT).returnsIn()).isEqualTo(Duration.ofSeconds(30));

        pass(Duration.ofSeconds(31));
        fail(1);
        assertThat(health.of(ENDPOINT).returnsIn()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void learnsHowManyAtOnceAnEndpointBears() {
        assertThat(health.of(ENDPOINT).limit()).isEmpty();

        refuse(10);
        assertThat(health.of(ENDPOINT).limit()).hasValue(7);
        refuse(9);
        assertThat(health.of(ENDPOINT).limit()).as("of the same crowd").hasValue(7);

        pass(Duration.ofSeconds(2));
        refuse(7);
        assertThat(health.of(ENDPOINT).limit()).hasValue(4);

        for (int i = 0; i < 6; i++) {
            health.record(Outcome.success(ENDPOINT, Duration.ZERO, 3).among(4));
        }
        assertThat(health.of(ENDPOINT).limit()).as("one more per round").hasValue(6);

        health.record(Outcome.success(ENDPOINT, Duration.ZERO, 3).among(1));
        assertThat(health.of(ENDPOINT).limit()).as("an idle one proves nothing").hasValue(6);

        pass(Duration.ofMinutes(11));
        succeed();
        assertThat(health.of(ENDPOINT).limit()).as("long ago").isEmpty();
    }

    @Test
    void remembersForHalfAnHourWhatAModelCannotDo() {
        health.refused(ENDPOINT, "prefill");
        pass(Duration.ofMinutes(20));
        health.refused(ENDPOINT, "tools");
        assertThat(health.refused(ENDPOINT)).containsExactlyInAnyOrder("prefill", "tools");

        pass(Duration.ofMinutes(10));
        assertThat(health.refused(ENDPOINT)).containsExactly("tools");
        assertThat(health.refused("other:a/b")).isEmpty();
    }

    @Test
    void remembersOverARestart() {
        health.refused(ENDPOINT, "audio");
        health.record(Outcome.streamed(ENDPOINT, Duration.ofMillis(250), Duration.ofSeconds(2), 100));
        pass(Duration.ofMinutes(1));
        refuse(10);
        pass(Duration.ofSeconds(1));
        fail(5);
        health.deactivate();

        var restarted = begun();

        assertThat(restarted.of(ENDPOINT)).isEqualTo(health.of(ENDPOINT));
        assertThat(restarted.refused(ENDPOINT)).containsExactly("audio");
        assertThat(restarted.of(ENDPOINT).condition()).isEqualTo(Condition.EJECTED);
        for (var span : Span.values()) {
            assertThat(restarted.window(ENDPOINT, span)).isEqualTo(health.window(ENDPOINT, span));
        }
        assertThat(restarted.window(ENDPOINT, Span.HALF_HOUR).latency())
                .hasValueSatisfying(latency -> assertThat(latency.p50()).isEqualTo(0.25));
        pass(Duration.ofSeconds(30));
        restarted.record(Outcome.failure(ENDPOINT, Duration.ZERO, Failure.of(FailureKind.UPSTREAM_ERROR, "again")));
        assertThat(restarted.of(ENDPOINT).returnsIn()).as("the second in a row").isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void startsWithoutAHistoryThatItCannotRead() throws IOException {
        fail(5);
        health.deactivate();
        var file = folder.resolve("health");
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 20));

        assertThat(begun().of(ENDPOINT)).isEqualTo(EndpointHealth.UNKNOWN);
    }

    @Test
    void leavesAnEndpointAloneForAsLongAsItAsks() {
        health.record(Outcome.failure(
                ENDPOINT,
                Duration.ZERO,
                Failure.builder(FailureKind.RATE_LIMITED, "slow down")
                        .retryAfter(Duration.ofSeconds(7))
                        .build()));

        assertThat(condition()).isEqualTo(Condition.PARKED);
        assertThat(health.of(ENDPOINT).returnsIn()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void theClientsOwnMistakesDoNotCount() {
        for (int i = 0; i < 50; i++) {
            health.record(Outcome.failure(ENDPOINT, Duration.ZERO, Failure.invalid("n", "n is wrong")));
        }

        assertThat(health.of(ENDPOINT).isOut()).isFalse();
        assertThat(health.of(ENDPOINT).failures()).isZero();
    }

    private Condition condition() {
        return health.of(ENDPOINT).condition();
    }

    /** For want of capacity, with so many under way. */
    private void refuse(int inFlight) {
        health.record(Outcome.failure(ENDPOINT, Duration.ZERO, Failure.of(FailureKind.RATE_LIMITED, "slow down"))
                .among(inFlight));
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            health.record(
                    Outcome.failure(ENDPOINT, Duration.ZERO, Failure.of(FailureKind.UPSTREAM_ERROR, "it failed")));
        }
    }

    private void succeed() {
        health.record(Outcome.success(ENDPOINT, Duration.ZERO, 3));
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }
}
