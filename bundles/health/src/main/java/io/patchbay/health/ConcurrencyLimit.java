package io.patchbay.health;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;

/**
 * Learns how many attempts an endpoint bears at once, as TCP learns of a network: what it refuses for want of capacity
 * takes a third off what was under way, what it answers while it is busy adds one per round. Nobody is limited who has
 * refused nothing for ten minutes. Guarded by its owner.
 */
final class ConcurrencyLimit {
    private static final double LESS = 0.7;
    /** A crowd that is refused together says it once. */
    private static final Duration ROUND = Duration.ofSeconds(1);

    private static final Duration MEMORY = Duration.ofMinutes(10);

    private double limit = Double.POSITIVE_INFINITY;
    private Instant refused = Instant.MIN;

    /** It has refused an attempt because it has too much to do. */
    void refused(int inFlight, Instant now) {
        if (limit == Double.POSITIVE_INFINITY || !now.isBefore(refused.plus(ROUND))) {
            limit = Math.max(1, LESS * Math.min(limit, inFlight));
            refused = now;
        }
    }

    /** It has answered. */
    void answered(int inFlight, Instant now) {
        if (limit == Double.POSITIVE_INFINITY) {
            return;
        }
        if (now.isAfter(refused.plus(MEMORY))) {
            limit = Double.POSITIVE_INFINITY;
        } else if (2 * inFlight >= limit) {
            limit += 1 / limit;
        }
    }

    OptionalInt now() {
        return limit == Double.POSITIVE_INFINITY ? OptionalInt.empty() : OptionalInt.of((int) limit);
    }

    void write(DataOutput out) throws IOException {
        out.writeDouble(limit);
        Moments.write(refused, out);
    }

    void readFrom(DataInput in) throws IOException {
        limit = in.readDouble();
        refused = Moments.read(in);
    }
}
