package io.patchbay.access;

import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The keyed hash under which a key is stored. Compared in constant time. */
final class KeyHash {
    private static final int BYTES = 32;
    private static final HexFormat HEX = HexFormat.of();

    private final byte[] bytes;

    private KeyHash(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Wraps a digest, which nobody may write to afterwards. */
    static KeyHash of(byte[] digest) {
        if (digest.length != BYTES) {
            throw new IllegalArgumentException("a hash of " + digest.length + " bytes instead of " + BYTES);
        }
        return new KeyHash(digest);
    }

    /**
     * Reads the form that {@link #toString()} writes.
     *
     * @throws IllegalArgumentException if it is another
     */
    static KeyHash parse(String hex) {
        return of(HEX.parseHex(hex));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KeyHash hash && MessageDigest.isEqual(hash.bytes, bytes);
    }

    @Override
    public int hashCode() {
        return bytes[0] << 24 | (bytes[1] & 0xff) << 16 | (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
    }

    @Override
    public String toString() {
        return HEX.formatHex(bytes);
    }
}
