package io.patchbay.access;

import io.patchbay.api.access.ApiKey;
import io.patchbay.api.access.IssuedKey;
import io.patchbay.api.catalog.Secret;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The keys of this installation, in memory for reading and in a folder for good. For any thread. */
final class KeyRing {
    private static final Logger log = LoggerFactory.getLogger(KeyRing.class);
    /** No secret comes near; a longer one is not worth hashing. */
    private static final int MAX_SECRET_LENGTH = 512;

    private static final int MAX_NAME_LENGTH = 200;

    private final KeyFile file;
    private final KeyHasher hasher;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Map<KeyHash, ApiKey> byHash = new ConcurrentHashMap<>();
    private volatile List<ApiKey> oldestFirst;

    private KeyRing(KeyFile file, List<ApiKey> stored, KeyHasher hasher, InstantSource clock, RandomGenerator random) {
        this.file = file;
        this.hasher = hasher;
        this.clock = clock;
        this.random = random;
        this.oldestFirst = stored;
        stored.forEach(key -> byHash.put(KeyHash.parse(key.id()), key));
    }

    /**
     * Opens the keys in a folder, which is made if it is missing.
     *
     * @throws IllegalStateException if what is there is broken
     */
    static KeyRing open(Path folder, InstantSource clock, RandomGenerator random) throws IOException {
        var file = new KeyFile(folder.resolve("keys.json"));
        var stored = file.read();
        var pepper = Pepper.load(folder.resolve("pepper"), stored.isEmpty(), random);
        return new KeyRing(file, stored, new KeyHasher(pepper), clock, random);
    }

    /** The key behind a secret; empty if it is mistyped or unknown. */
    Optional<ApiKey> find(Secret secret) {
        var text = secret.reveal();
        if (text.length() > MAX_SECRET_LENGTH || KeyFormat.isMistyped(text)) {
            return Optional.empty();
        }
        return Optional.ofNullable(byHash.get(hasher.hash(text)));
    }

    /** All keys, the newest first. */
    List<ApiKey> keys() {
        var keys = new ArrayList<>(oldestFirst);
        Collections.reverse(keys);
        return Collections.unmodifiableList(keys);
    }

    /** Draws a secret that no key has yet. */
    Secret draw() {
        return KeyFormat.draw(random);
    }

    /** Makes a key; it is on the disk when it returns. */
    IssuedKey create(String name, ApiKey.Purpose purpose) {
        boolean printable = name.codePoints().noneMatch(Character::isISOControl);
        if (name.isBlank() || name.length() > MAX_NAME_LENGTH || !printable) {
            throw Failure.invalid(
                            "name",
                            "'name' must have 1 to " + MAX_NAME_LENGTH
                                    + " characters, none of them control characters.")
                    .toException();
        }
        var secret = draw();
        return new IssuedKey(add(secret, name, purpose), secret);
    }

    /** Makes a key of a given secret; it is on the disk when it returns. */
    synchronized ApiKey add(Secret secret, String name, ApiKey.Purpose purpose) {
        var hash = hasher.hash(secret.reveal());
        var key = ApiKey.builder(hash.toString(), clock.instant())
                .label(KeyFormat.label(secret.reveal()))
                .name(name)
                .purpose(purpose)
                .build();
        var all = new ArrayList<>(oldestFirst);
        all.add(key);
        try {
            file.write(all);
        } catch (IOException e) {
            log.error("The API key \"{}\" could not be stored", name, e);
            throw Failure.of(FailureKind.INTERNAL, "The key could not be stored. The log says why.")
                    .toException();
        }
        oldestFirst = List.copyOf(all);
        byHash.put(hash, key);
        log.info("Made the API key \"{}\" ({}, {})", name, key.label(), purpose);
        return key;
    }
}
