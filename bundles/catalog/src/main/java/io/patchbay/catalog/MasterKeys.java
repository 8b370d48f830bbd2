package io.patchbay.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.random.RandomGenerator;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that others are sealed with: one derived from an environment variable, one in a file of its own. For one
 * thread at a time.
 *
 * <p>The variable may be a passphrase that a person has thought up, so the key is derived from it slowly, by PBKDF2:
 * HKDF is quick, and whoever got hold of the file could try a billion words a second.
 */
final class MasterKeys {
    static final String VARIABLE = "PATCHBAY_MASTER_KEY";

    private static final Logger log = LoggerFactory.getLogger(MasterKeys.class);
    private static final int MIN_LENGTH = 16;
    private static final int BYTES = 32;
    /** What OWASP advises for HMAC-SHA-256: a fraction of a second. A part of version 1 of the file. */
    private static final int ITERATIONS = 600_000;

    private final Path file;
    private final String passphrase;
    private final RandomGenerator random;
    private @Nullable Derived derived;

    /** Where a key comes from. */
    enum Origin {
        ENVIRONMENT,
        FILE
    }

    /**
     * Says where the keys are.
     *
     * @param passphrase the value of the variable; empty if it is not set
     */
    MasterKeys(Path file, String passphrase, RandomGenerator random) {
        this.file = file;
        this.passphrase = passphrase;
        this.random = random;
    }

    /** The one to seal with. */
    Origin current() {
        return passphrase.isEmpty() ? Origin.FILE : Origin.ENVIRONMENT;
    }

    /**
     * The key of that origin.
     *
     * @param salt of the derivation, in Base64
     * @throws IllegalStateException if there is none that can be used; the message says why
     */
    SecretKey key(Origin origin, String salt) throws IOException {
        return switch (origin) {
            case ENVIRONMENT -> derive(salt);
            case FILE -> read();
        };
    }

    /** Makes the file if there is none. */
    void makeFile() throws IOException {
        if (!Files.exists(file)) {
            var key = new byte[BYTES];
            random.nextBytes(key);
            PrivateFile.write(file, key);
            log.info("Made {}: without it the stored keys of providers can't be decrypted", file);
        }
    }

    private SecretKey read() throws IOException {
        if (!Files.exists(file)) {
            throw new IllegalStateException(file.getFileName() + " is missing: restore it from a backup");
        }
        var key = Files.readAllBytes(file);
        if (key.length != BYTES) {
            throw new IllegalStateException(file.getFileName() + " is broken, it has " + key.length
                    + " bytes instead of " + BYTES + ": restore it from a backup");
        }
        return new SecretKeySpec(key, "AES");
    }

    private SecretKey derive(String salt) {
        if (passphrase.isEmpty()) {
            throw new IllegalStateException("the environment variable " + VARIABLE + " is not set");
        }
        if (passphrase.length() < MIN_LENGTH) {
            throw new IllegalStateException(
                    "the environment variable " + VARIABLE + " has fewer than " + MIN_LENGTH + " characters");
        }
        var before = derived;
        if (before == null || !before.salt().equals(salt)) {
            before = new Derived(
                    salt, slowly(passphrase.toCharArray(), Base64.getDecoder().decode(salt)));
            derived = before;
        }
        return before.key();
    }

    private static SecretKey slowly(char[] passphrase, byte[] salt) {
        var work = new PBEKeySpec(passphrase, salt, ITERATIONS, BYTES * Byte.SIZE);
        try {
            var factory = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256");
            return new SecretKeySpec(factory.generateSecret(work).getEncoded(), "AES");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no PBKDF2 with HMAC-SHA-256", e);
        } finally {
            work.clearPassword();
        }
    }

    private record Derived(String salt, SecretKey key) {
        @Override
        public String toString() {
            return "***";
        }
    }
}
