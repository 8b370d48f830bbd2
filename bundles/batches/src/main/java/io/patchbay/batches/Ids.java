package io.patchbay.batches;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Ids that nobody guesses. */
final class Ids {
    private static final int BYTES = 12;

    private Ids() {}

    static String next(String prefix) {
        var bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return prefix + HexFormat.of().formatHex(bytes);
    }
}
