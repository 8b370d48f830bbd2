package io.patchbay.transport;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Bytes that are not complete yet, up to a limit. */
final class ByteAccumulator {
    private static final byte[] EMPTY = new byte[0];

    private final int limit;
    private byte[] bytes = EMPTY;
    private int length;

    ByteAccumulator(int limit) {
        this.limit = limit;
    }

    int length() {
        return length;
    }

    boolean isEmpty() {
        return length == 0;
    }

    /** Adds a range of the buffer, whose position does not matter. The first range gets an array of its own size. */
    void add(ByteBuffer from, int start, int end) {
        var more = end - start;
        reserve(more);
        from.get(start, bytes, length, more);
        length += more;
    }

    void add(byte b) {
        reserve(1);
        bytes[length++] = b;
    }

    /** The bytes so far, not copied. */
    ByteBuffer view() {
        return ByteBuffer.wrap(bytes, 0, length);
    }

    /** Forgets everything and keeps no memory. */
    void clear() {
        bytes = EMPTY;
        length = 0;
    }

    /** The bytes; the array is the caller's, and this is empty. */
    byte[] take() {
        var taken = length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
        clear();
        return taken;
    }

    private void reserve(int more) {
        if (more > limit - length) {
            throw Failures.tooLarge(limit);
        }
        if (more > bytes.length - length) {
            var grown = length == 0 ? more : (int) Math.min(limit, Math.max(2L * bytes.length, (long) length + more));
            bytes = Arrays.copyOf(bytes, grown);
        }
    }
}
