package io.patchbay.transport;

import java.nio.ByteBuffer;

/** Finds line ends, eight bytes at a step. */
final class LineEnds {
    private static final long LINE_FEEDS = 0x0A0A_0A0A_0A0A_0A0AL;
    private static final long CARRIAGE_RETURNS = 0x0D0D_0D0D_0D0D_0D0DL;
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private LineEnds() {}

    /** Index of the first CR or LF in that range, or -1. */
    static int find(ByteBuffer bytes, int from, int to) {
        var at = from;
        while (at <= to - Long.BYTES && !hasLineEnd(bytes.getLong(at))) {
            at += Long.BYTES;
        }
        for (; at < to; at++) {
            var b = bytes.get(at);
            if (b == '\n' || b == '\r') {
                return at;
            }
        }
        return -1;
    }

    private static boolean hasLineEnd(long word) {
        return (zeroBytes(word ^ LINE_FEEDS) | zeroBytes(word ^ CARRIAGE_RETURNS)) != 0;
    }

    /** Not zero if and only if one of the eight bytes is zero. */
    private static long zeroBytes(long word) {
        return (word - ONES) & ~word & HIGH_BITS;
    }
}
