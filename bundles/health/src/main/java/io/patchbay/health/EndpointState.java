package io.patchbay.health;

import io.patchbay.api.failure.Blame;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.health.EndpointHealth;
import io.patchbay.api.health.EndpointHealth.Condition;
import io.patchbay.api.health.Outcome;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One endpoint's state. A run of failures ejects it, or a large share of them; after the ejection it is on probation: a
 * single further failure ejects it again, for longer, and a single success makes it an ordinary endpoint again. A
 * provider that says how long to wait is left alone for just that long.
 */
final class EndpointState {
    /** Where a provider asks to slow down without saying for how long. */
    private static final Duration DEFAULT_WAIT = Duration.ofSeconds(1);
    /** Models learn, and words are misread. */
    private static final Duration REFUSAL = Duration.ofMinutes(30);
    /** No provider may park an endpoint for longer by its word alone. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    private final EjectionPolicy policy;
    private final Recent recent = new Recent();
    private final ConcurrencyLimit limit = new ConcurrencyLimit();
    private long successes;
    private long failures;
    private int failuresInARow;
    private int ejectionsInARow;
    private Instant ejectedAt = Instant.MIN;
    private Instant ejectedUntil = Instant.MIN;
    private Instant parkedUntil = Instant.MIN;
    private String reason = "";
    /** What its model can't do, and until when that is believed. Replaced, never changed. */
    private volatile Map<String, Instant> refused = Map.of();
    /** What {@link #at} says at any time, as long as nothing happens; null if that depends on the time. */
    private volatile @Nullable EndpointHealth always;

    EndpointState(EjectionPolicy policy) {
        this.policy = policy;
    }

    synchronized void record(Outcome outcome, Instant now) {
        var begun = now.minus(outcome.total());
        if (outcome.failure().isPresent()) {
            failures++;
            failed(outcome.failure().get(), outcome.inFlight(), begun, now);
        } else {
            successes++;
            answered(outcome.inFlight(), begun, now);
        }
        remember(now);
    }

    /** Each request asks it of each endpoint, and most of the time there is nothing to be reckoned. */
    private void remember(Instant now) {
        boolean isOver = !now.isBefore(parkedUntil) && !now.isBefore(ejectedUntil);
        always = isOver ? reckon(now) : null;
    }

    private void answered(int inFlight, Instant begun, Instant now) {
        recent.add(now, false);
        limit.answered(inFlight, now);
        failuresInARow = 0;
        if (!begun.isBefore(ejectedAt)) {
            ejectionsInARow = 0;
            ejectedUntil = Instant.MIN;
        }
    }

    private void failed(Failure failure, int inFlight, Instant begun, Instant now) {
        if (failure.kind().blame() == Blame.CAPACITY) {
            limit.refused(inFlight, now);
        }
        if (Slot.isAskedToWait(failure)) {
            askedToWait(failure, now);
        } else if (!begun.isBefore(ejectedAt)) {
            recent.add(now, true);
            failed(words(failure.kind()), begun, now);
        }
        // Else it was under way when the endpoint was ejected, and says nothing new.
    }

    private void askedToWait(Failure failure, Instant now) {
        var asked = failure.retryAfter();
        if (asked.isEmpty()) {
            eject(now, DEFAULT_WAIT, "asked to slow down");
            return;
        }
        var wait = asked.get().compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : asked.get();
        var until = now.plus(wait);
        if (until.isAfter(parkedUntil)) {
            parkedUntil = until;
        }
    }

    private void failed(String why, Instant begun, Instant now) {
        failuresInARow++;
        boolean isLastResort = ejectionsInARow > 0 && begun.isBefore(ejectedUntil);
        if (isLastResort) {
            eject(now, policy.time(ejectionsInARow), "failing: " + why);
        } else if (isEnough()) {
            ejectionsInARow++;
            failuresInARow = 0;
            recent.clear();
            ejectedAt = now;
            eject(now, policy.time(ejectionsInARow), "failing: " + why);
        }
    }

    private boolean isEnough() {
        return ejectionsInARow > 0
                || failuresInARow >= policy.consecutiveFailures()
                || policy.isTooMany(recent.failures(), recent.attempts());
    }

    private void eject(Instant now, Duration time, String why) {
        var until = now.plus(time);
        if (until.isAfter(ejectedUntil)) {
            ejectedUntil = until;
            reason = why;
        }
    }

    synchronized void refused(String feature, Instant now) {
        var all = new HashMap<>(refused);
        all.values().removeIf(until -> !now.isBefore(until));
        all.put(feature, now.plus(REFUSAL));
        refused = Map.copyOf(all);
    }

    Set<String> refused(InstantSource clock) {
        var known = refused;
        if (known.isEmpty()) {
            return Set.of();
        }
        var now = clock.instant();
        return known.entrySet().stream()
                .filter(entry -> now.isBefore(entry.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    EndpointHealth at(InstantSource clock) {
        var known = always;
        return known == null ? reckon(clock.instant()) : known;
    }

    private synchronized EndpointHealth reckon(Instant now) {
        if (now.isBefore(parkedUntil)) {
            return health(Condition.PARKED, "its provider asked to wait", Duration.between(now, parkedUntil));
        }
        if (now.isBefore(ejectedUntil)) {
            return health(Condition.EJECTED, reason, Duration.between(now, ejectedUntil));
        }
        return health(ejectionsInARow > 0 ? Condition.ON_PROBATION : Condition.WELL, "", Duration.ZERO);
    }

    private EndpointHealth health(Condition condition, String why, Duration returnsIn) {
        return new EndpointHealth(condition, why, returnsIn, limit.now(), failuresInARow, successes, failures);
    }

    synchronized void write(DataOutput out) throws IOException {
        out.writeLong(successes);
        out.writeLong(failures);
        out.writeInt(failuresInARow);
        out.writeInt(ejectionsInARow);
        Moments.write(ejectedAt, out);
        Moments.write(ejectedUntil, out);
        Moments.write(parkedUntil, out);
        out.writeUTF(reason);
        limit.write(out);
        out.writeInt(refused.size());
        for (var entry : refused.entrySet()) {
            out.writeUTF(entry.getKey());
            Moments.write(entry.getValue(), out);
        }
    }

    /** What was written; the last half minute begins anew. */
    static EndpointState read(DataInput in, EjectionPolicy policy) throws IOException {
        var state = new EndpointState(policy);
        state.readFrom(in);
        return state;
    }

    private synchronized void readFrom(DataInput in) throws IOException {
        successes = in.readLong();
        failures = in.readLong();
        failuresInARow = in.readInt();
        ejectionsInARow = in.readInt();
        ejectedAt = Moments.read(in);
        ejectedUntil = Moments.read(in);
        parkedUntil = Moments.read(in);
        reason = in.readUTF();
        limit.readFrom(in);
        var features = new HashMap<String, Instant>();
        for (int left = in.readInt(); left > 0; left--) {
            features.put(in.readUTF(), Moments.read(in));
        }
        refused = Map.copyOf(features);
    }

    private static String words(FailureKind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
