package io.patchbay.access;

import io.patchbay.api.catalog.Secret;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;

/** The form of our secrets: {@code sk-pb-v1-}, 64 hexadecimal digits of chance, 6 characters of checksum. */
final class KeyFormat {
    private static final String PREFIX = "sk-pb-v1-";
    /** 256 bits: beyond guessing. */
    private static final int RANDOM_BYTES = 32;

    private static final int BODY = PREFIX.length() + 2 * RANDOM_BYTES;
    /** The fewest characters of base 62 that hold 32 bits. */
    private static final int CHECKSUM = 6;

    private static final int LENGTH = BODY + CHECKSUM;
    private static final String BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    /** Characters shown at each end of a label: enough to tell keys apart, too few to help a guesser. */
    private static final int SHOWN = 3;

    private KeyFormat() {}

    /** A new secret. */
    static Secret draw(RandomGenerator random) {
        var bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        var body = PREFIX + HexFormat.of().formatHex(bytes);
        return Secret.of(body + checksum(body));
    }

    /**
     * Whether this was one of our secrets before somebody mistyped it. Any one wrong character is noticed. Secrets of
     * another form, which operators bring themselves, are not judged.
     */
    static boolean isMistyped(String secret) {
        return secret.length() == LENGTH
                && secret.startsWith(PREFIX)
                && !secret.endsWith(checksum(secret.substring(0, BODY)));
    }

    /** What may be shown of a secret: {@code sk-pb-v1-abc...123}. */
    static String label(String secret) {
        int shownFrom = secret.startsWith(PREFIX) ? PREFIX.length() : 0;
        return secret.substring(0, shownFrom + SHOWN) + "..." + secret.substring(secret.length() - SHOWN);
    }

    private static String checksum(String body) {
        var crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        var digits = new char[CHECKSUM];
        long rest = crc.getValue();
        for (int i = CHECKSUM - 1; i >= 0; i--) {
            digits[i] = BASE62.charAt((int) (rest % BASE62.length()));
            rest /= BASE62.length();
        }
        return new String(digits);
    }
}
