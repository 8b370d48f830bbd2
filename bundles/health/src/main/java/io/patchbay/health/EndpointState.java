package io.patchbay.health;

import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.health.EndpointHealth;
import io.patchbay.api.health.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * One endpoint's state. A run of failures ejects it; after the ejection it is on probation: a single further failure
 * ejects it again, for longer, and a single success makes it an ordinary endpoint again. A provider that asks to wait
 * is left alone for just that long.
 */
final class EndpointState {
    /** Where a provider asks to slow down without saying for how long. */
    private static final Duration DEFAULT_WAIT = Duration.ofSeconds(1);
    /** No provider may park an endpoint for longer by its word alone. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    private final EjectionPolicy policy;
    private long successes;
    private long failures;
    private int failuresInARow;
    private int ejectionsInARow;
    private Instant ejectedUntil = Instant.MIN;
    private String reason = "";

    EndpointState(EjectionPolicy policy) {
        this.policy = policy;
    }

    synchronized void record(Outcome outcome, Instant now) {
        if (outcome.failure().isEmpty()) {
            successes++;
            failuresInARow = 0;
            ejectionsInARow = 0;
            return;
        }
        failed(outcome.failure().get(), now);
    }

    private void failed(Failure failure, Instant now) {
        failures++;
        if (Slot.isAskedToWait(failure)) {
            var wait = failure.retryAfter().orElse(DEFAULT_WAIT);
            eject(now, wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait, "asked to wait");
            return;
        }
        failuresInARow++;
        boolean onProbation = ejectionsInARow > 0;
        if (onProbation || failuresInARow >= policy.consecutiveFailures()) {
            ejectionsInARow++;
            failuresInARow = 0;
            eject(now, policy.time(ejectionsInARow), "failing: " + words(failure.kind()));
        }
    }

    private void eject(Instant now, Duration time, String why) {
        var until = now.plus(time);
        if (until.isAfter(ejectedUntil)) {
            ejectedUntil = until;
            reason = why;
        }
    }

    synchronized EndpointHealth at(Instant now) {
        boolean ejected = now.isBefore(ejectedUntil);
        return new EndpointHealth(
                ejected,
                ejected ? reason : "",
                ejected ? Duration.between(now, ejectedUntil) : Duration.ZERO,
                successes,
                failures);
    }

    private static String words(FailureKind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
