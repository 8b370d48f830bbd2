package io.patchbay.health;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;

/** Writes moments, to the millisecond; {@link Instant#MIN} stays what it is. */
final class Moments {
    private Moments() {}

    static void write(Instant moment, DataOutput out) throws IOException {
        out.writeLong(moment.equals(Instant.MIN) ? Long.MIN_VALUE : moment.toEpochMilli());
    }

    static Instant read(DataInput in) throws IOException {
        long millis = in.readLong();
        return millis == Long.MIN_VALUE ? Instant.MIN : Instant.ofEpochMilli(millis);
    }
}
