package io.patchbay.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA-256 under this installation's pepper: who has the stored hashes but not the pepper can't even try guesses. It
 * takes a third of a microsecond, so nothing need be cached and no secret outlives its request. For any thread.
 */
final class KeyHasher {
    private static final String ALGORITHM = "HmacSHA256";

    /** Never fed itself: each hash begins with a copy of it. */
    private final Mac prototype;

    KeyHasher(byte[] pepper) {
        try {
            prototype = Mac.getInstance(ALGORITHM);
            prototype.init(new SecretKeySpec(pepper, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java does not offer " + ALGORITHM, e);
        }
    }

    KeyHash hash(String secret) {
        return KeyHash.of(copy().doFinal(secret.getBytes(StandardCharsets.UTF_8)));
    }

    private Mac copy() {
        try {
            return (Mac) prototype.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("This Java's " + ALGORITHM + " can't be copied", e);
        }
    }
}
