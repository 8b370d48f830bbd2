package io.patchbay.health;

import io.patchbay.api.failure.Blame;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.health.Outcome;
import io.patchbay.api.health.Window;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

/** What came of the attempts within a stretch of time. Guarded by its owner. */
final class Slot {
    /** Throughput of answers shorter than this says more of the network than of the model. */
    private static final int SHORTEST_ANSWER = 10;

    private static final double NANOS = 1e9;

    private final long number;
    private final Samples latencies;
    private final Samples throughputs;
    private int successes;
    private int failures;
    private int rateLimited;
    /** Most slots have no failure. */
    private Map<FailureKind, Integer> failureKinds = Map.of();

    /**
     * An empty one.
     *
     * @param number of the stretch, counted from the epoch
     * @param samples how many measurements it keeps
     */
    Slot(long number, int samples) {
        this.number = number;
        this.latencies = new Samples(samples);
        this.throughputs = new Samples(samples);
    }

    long number() {
        return number;
    }

    void add(Outcome outcome) {
        if (Known.isOutrun(outcome)) {
            latencies.add(outcome.total().toNanos() / NANOS);
            return;
        }
        outcome.failure().ifPresentOrElse(this::addFailure, () -> addAnswer(outcome));
    }

    private void addFailure(Failure failure) {
        count(failure.kind(), 1);
        if (isAskedToWait(failure)) {
            rateLimited++;
        } else {
            failures++;
        }
    }

    private void count(FailureKind kind, int more) {
        if (failureKinds.isEmpty()) {
            failureKinds = new EnumMap<>(FailureKind.class);
        }
        failureKinds.merge(kind, more, Integer::sum);
    }

    /** Whether the provider said so; it is not its fault then. */
    static boolean isAskedToWait(Failure failure) {
        return failure.kind().blame() == Blame.CAPACITY
                && (failure.kind() == FailureKind.RATE_LIMITED
                        || failure.retryAfter().isPresent());
    }

    private void addAnswer(Outcome outcome) {
        successes++;
        outcome.timeToFirstToken().ifPresent(time -> latencies.add(time.toNanos() / NANOS));
        double seconds = outcome.total().toNanos() / NANOS;
        if (outcome.completionTokens() >= SHORTEST_ANSWER && seconds > 0) {
            throughputs.add(outcome.completionTokens() / seconds);
        }
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(number);
        out.writeInt(successes);
        out.writeInt(failures);
        out.writeInt(rateLimited);
        out.writeInt(failureKinds.size());
        for (var kind : failureKinds.entrySet()) {
            out.writeUTF(kind.getKey().name());
            out.writeInt(kind.getValue());
        }
        latencies.write(out);
        throughputs.write(out);
    }

    static Slot read(DataInput in, int samples) throws IOException {
        var slot = new Slot(in.readLong(), samples);
        slot.successes = in.readInt();
        slot.failures = in.readInt();
        slot.rateLimited = in.readInt();
        for (int left = in.readInt(); left > 0; left--) {
            slot.count(FailureKind.valueOf(in.readUTF()), in.readInt());
        }
        slot.latencies.readFrom(in);
        slot.throughputs.readFrom(in);
        return slot;
    }

    /** Adds what it counted, and what it measured if that is wanted. */
    void addTo(Sum sum) {
        sum.successes += successes;
        sum.failures += failures;
        sum.rateLimited += rateLimited;
        failureKinds.forEach((kind, count) -> sum.failureKinds.merge(kind, (long) count, Long::sum));
        sum.latencies.addAll(latencies);
        sum.throughputs.addAll(throughputs);
    }

    /** Several slots together. */
    static final class Sum {
        private final Samples.All latencies = new Samples.All();
        private final Samples.All throughputs = new Samples.All();
        private long successes;
        private long failures;
        private long rateLimited;
        private final Map<FailureKind, Long> failureKinds = new EnumMap<>(FailureKind.class);

        Window window() {
            return successes + failures + rateLimited == 0
                    ? Window.EMPTY
                    : new Window(
                            successes,
                            failures,
                            rateLimited,
                            latencies.fromSmall(),
                            throughputs.fromLarge(),
                            failureKinds);
        }
    }
}
