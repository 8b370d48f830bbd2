package io.patchbay.catalog;

import io.patchbay.api.files.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
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
    /** What the variable was before: keys that it sealed are opened with it and sealed anew. */
    static final String PREVIOUS_VARIABLE = "PATCHBAY_MASTER_KEY_PREVIOUS";

    private static final Logger log = LoggerFactory.getLogger(MasterKeys.class);
    private static final int MIN_LENGTH = 16;
    private static final int BYTES = 32;
    /** What OWASP advises for HMAC-SHA-256: a fraction of a second. A part of version 1 of the file. */
    private static final int ITERATIONS = 600_000;

    private final Path file;
    /** The next key while everything is being sealed with it, and after a crash in the middle of that. */
    private final Path nextFile;

    private final String passphrase;
    private final String previous;
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
     * @param previous the value that the variable had before; empty for none
     */
    MasterKeys(Path file, String passphrase, String previous, RandomGenerator random) {
        this.file = file;
        this.nextFile = file.resolveSibling(file.getFileName() + ".next");
        this.passphrase = passphrase;
        this.previous = previous;
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
            case FILE -> read(file);
        };
    }

    /**
     * The key of that origin that is on its way in or out, if there is one: for what can't be opened with the other.
     */
    Optional<SecretKey> otherKey(Origin origin, String salt) throws IOException {
        return switch (origin) {
            case ENVIRONMENT -> previous.isEmpty() ? Optional.empty() : Optional.of(derive(previous, salt));
            case FILE -> Files.exists(nextFile) ? Optional.of(read(nextFile)) : Optional.empty();
        };
    }

    /** Makes another key beside the one in the file. */
    SecretKey makeNext() throws IOException {
        return new SecretKeySpec(writeRandom(nextFile), "AES");
    }

    /** Everything is sealed with the next key: the one before is of no use any more. */
    void promoteNext() throws IOException {
        Files.move(nextFile, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Nothing is sealed with the next key. */
    void discardNext() throws IOException {
        Files.deleteIfExists(nextFile);
    }

    /** Nothing is sealed with a key in a file. */
    void discardFile() throws IOException {
        Files.deleteIfExists(file);
    }

    /** Makes the file if there is none. */
    void makeFile() throws IOException {
        if (!Files.exists(file)) {
            writeRandom(file);
            log.info("Made {}: without it the stored keys of providers can't be decrypted", file);
        }
    }

    private byte[] writeRandom(Path path) throws IOException {
        var key = new byte[BYTES];
        random.nextBytes(key);
        PrivateFile.write(path, key);
        return key;
    }

    private static SecretKey read(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new IllegalStateException(path.getFileName() + " is missing: restore it from a backup");
        }
        var key = Files.readAllBytes(path);
        if (key.length != BYTES) {
            throw new IllegalStateException(path.getFileName() + " is broken, it has " + key.length
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
            before = new Derived(salt, derive(passphrase, salt));
            derived = before;
        }
        return before.key();
    }

    private static SecretKey derive(String from, String salt) {
        return slowly(from.toCharArray(), Base64.getDecoder().decode(salt));
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
