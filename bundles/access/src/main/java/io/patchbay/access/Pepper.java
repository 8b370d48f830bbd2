package io.patchbay.access;

import io.patchbay.api.files.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The secret that all hashes are keyed with: 32 random bytes in a file of their own, made once. */
final class Pepper {
    private static final Logger log = LoggerFactory.getLogger(Pepper.class);
    private static final int BYTES = 32;

    private Pepper() {}

    /**
     * Reads the pepper, or makes one.
     *
     * @param mayMake whether a missing one may be made: not if keys are stored already, which would all be void
     * @throws IllegalStateException if it is broken, or missing and may not be made
     */
    static byte[] load(Path file, boolean mayMake, RandomGenerator random) throws IOException {
        if (Files.exists(file)) {
            var pepper = Files.readAllBytes(file);
            if (pepper.length != BYTES) {
                throw new IllegalStateException(file + " is broken: it has " + pepper.length + " bytes instead of "
                        + BYTES + ". Restore it from a backup.");
            }
            return pepper;
        }
        if (!mayMake) {
            throw new IllegalStateException(file + " is missing, and without it no stored API key can be recognised. "
                    + "Restore it from a backup.");
        }
        var pepper = new byte[BYTES];
        random.nextBytes(pepper);
        PrivateFile.write(file, pepper);
        log.info("Made {}: back it up together with the database \"access\"", file);
        return pepper;
    }
}
