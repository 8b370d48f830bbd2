package io.patchbay.health;

import io.patchbay.api.health.Outcome;
import io.patchbay.api.health.Span;
import io.patchbay.api.health.Window;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What came of the attempts at one endpoint, by half minutes for half an hour and by half hours for a day. A window
 * begins with a slot: it is up to one slot longer than its span. Times are milliseconds since the epoch. For any thread.
 */
final class Windows {
    private static final long FRESH_MILLIS = 1_000;
    private static final int SAMPLES = 64;
    /** Of a half hour; a day has 48 of them. */
    private static final int SAMPLES_OF_A_DAY = 16;

    private final Ring halfMinutes = new Ring(Span.HALF_MINUTE.duration(), Span.HALF_HOUR.duration(), SAMPLES);
    private final Ring halfHours = new Ring(Span.HALF_HOUR.duration(), Span.DAY.duration(), SAMPLES_OF_A_DAY);
    /** Never changed, but replaced: it is read far more often than reckoned. */
    private volatile Map<Span, Reckoned> reckoned = new EnumMap<>(Span.class);

    private record Reckoned(Window window, long millis) {}

    synchronized void record(Outcome outcome, long millis) {
        halfMinutes.at(millis).add(outcome);
        halfHours.at(millis).add(outcome);
    }

    synchronized void write(DataOutput out) throws IOException {
        halfMinutes.write(out);
        halfHours.write(out);
    }

    static Windows read(DataInput in) throws IOException {
        var windows = new Windows();
        windows.readFrom(in);
        return windows;
    }

    private synchronized void readFrom(DataInput in) throws IOException {
        halfMinutes.readFrom(in);
        halfHours.readFrom(in);
    }

    Window window(Span span, long millis) {
        var known = reckoned.get(span);
        long age = known == null ? Long.MAX_VALUE : millis - known.millis();
        if (known != null && age >= 0 && age < FRESH_MILLIS) {
            return known.window();
        }
        return reckon(span, millis);
    }

    private synchronized Window reckon(Span span, long millis) {
        var window = (span == Span.DAY ? halfHours : halfMinutes).sum(span.duration(), millis);
        var all = new EnumMap<>(reckoned);
        all.put(span, new Reckoned(window, millis));
        reckoned = all;
        return window;
    }

    /** The last slots, each in the place of one that is older than the longest window. */
    private static final class Ring {
        private final long slotMillis;
        private final int samples;
        private final @Nullable Slot[] slots;

        Ring(Duration slot, Duration longest, int samples) {
            this.slotMillis = slot.toMillis();
            this.samples = samples;
            this.slots = new Slot[(int) (longest.toMillis() / slotMillis) + 1];
        }

        Slot at(long millis) {
            long number = Math.floorDiv(millis, slotMillis);
            int place = Math.floorMod(number, slots.length);
            var slot = slots[place];
            if (slot == null || slot.number() != number) {
                slot = new Slot(number, samples);
                slots[place] = slot;
            }
            return slot;
        }

        void write(DataOutput out) throws IOException {
            var kept = Arrays.stream(slots).filter(Objects::nonNull).toList();
            out.writeInt(kept.size());
            for (var slot : kept) {
                slot.write(out);
            }
        }

        void readFrom(DataInput in) throws IOException {
            for (int left = in.readInt(); left > 0; left--) {
                var slot = Slot.read(in, samples);
                slots[Math.floorMod(slot.number(), slots.length)] = slot;
            }
        }

        Window sum(Duration span, long millis) {
            long last = Math.floorDiv(millis, slotMillis);
            long first = last - span.toMillis() / slotMillis;
            var sum = new Slot.Sum();
            for (var slot : slots) {
                if (slot != null && slot.number() >= first && slot.number() <= last) {
                    slot.addTo(sum);
                }
            }
            return sum.window();
        }
    }
}
