package io.patchbay.health;

import io.patchbay.api.health.Percentiles;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;

/** A fair sample of measurements: each has the same chance to be kept, however many come (Vitter's algorithm R). */
final class Samples {
    private static final int FIRST = 4;

    private final int most;
    private final SplittableRandom die = new SplittableRandom(1);
    private float[] kept = new float[0];
    private int seen;

    Samples(int most) {
        this.most = most;
    }

    void add(double measured) {
        int place = seen < most ? seen : die.nextInt(seen + 1);
        seen++;
        if (place >= most) {
            return;
        }
        if (place >= kept.length) {
            kept = Arrays.copyOf(kept, Math.min(most, Math.max(FIRST, 2 * kept.length)));
        }
        kept[place] = (float) measured;
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(seen);
        for (int i = 0; i < size(); i++) {
            out.writeFloat(kept[i]);
        }
    }

    void readFrom(DataInput in) throws IOException {
        seen = in.readInt();
        kept = new float[size()];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = in.readFloat();
        }
    }

    private int size() {
        return Math.min(seen, most);
    }

    /** Several of them together: where few of many were kept, each of those counts for more. */
    static final class All {
        /** A measurement, and in the lower half how many it stands for; both as the bits of numbers that are not below zero. */
        private long[] values = new long[0];

        private int size;
        private double total;

        void addAll(Samples samples) {
            int more = samples.size();
            if (size + more > values.length) {
                values = Arrays.copyOf(values, Math.max(2 * values.length, size + more));
            }
            float weight = (float) samples.seen / Math.max(1, more);
            for (int i = 0; i < more; i++) {
                values[size++] =
                        (long) Float.floatToIntBits(samples.kept[i]) << Integer.SIZE | Float.floatToIntBits(weight);
            }
            total += samples.seen;
        }

        /** Where small is good. */
        Optional<Percentiles> fromSmall() {
            return percentiles(1);
        }

        /** Where large is good. */
        Optional<Percentiles> fromLarge() {
            return percentiles(-1);
        }

        private Optional<Percentiles> percentiles(int direction) {
            if (size == 0) {
                return Optional.empty();
            }
            Arrays.sort(values, 0, size);
            return Optional.of(new Percentiles(
                    at(0.50, direction),
                    at(0.75, direction),
                    at(0.90, direction),
                    at(0.95, direction),
                    at(0.99, direction)));
        }

        /** The nearest rank. */
        private double at(double share, int direction) {
            double left = share * total;
            int place = direction > 0 ? 0 : size - 1;
            for (int step = 1; step < size; step++) {
                left -= Float.intBitsToFloat((int) values[place]);
                // What is left of it are errors of rounding.
                if (left <= 1e-3) {
                    break;
                }
                place += direction;
            }
            return Float.intBitsToFloat((int) (values[place] >> Integer.SIZE));
        }
    }
}
