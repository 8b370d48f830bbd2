package io.patchbay.catalog;

import static java.util.Objects.requireNonNullElse;

import io.patchbay.api.catalog.ProviderKeys;
import io.patchbay.api.catalog.Secret;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.catalog.MasterKeys.Origin;
import io.patchbay.catalog.SealedKeysFile.Content;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that the operator has typed: in memory for the catalog, encrypted in a folder for good.
 *
 * <p>It always comes up. What can't be read or decrypted is left as it is on the disk and told in the log: providers that
 * have their keys from elsewhere go on.
 */
@Component(service = {ProviderKeys.class, StoredKeys.class})
public final class StoredKeys implements ProviderKeys {
    static final String KEYS = "keys.json";
    static final String MASTER_KEY = "master.key";

    /** Between an account and the provider that it has a key of: no name of either holds it. */
    private static final char OWNER_END = '/';

    /** Longer than any token of an identity provider. */
    private static final int MAX_LENGTH = 16_384;

    private final Object lock = new Object();
    private final SealedKeysFile file;
    private final MasterKeys masterKeys;
    private final RandomGenerator random;
    private final Logger log;
    private volatile Map<String, StoredKey> byProvider = Map.of();
    /** Accounts' own keys, by account and provider. */
    private volatile Map<String, Map<String, StoredKey>> byAccount = Map.of();

    private final List<Runnable> followers = new CopyOnWriteArrayList<>();

    @Activate
    public StoredKeys() {
        this(
                Path.of(System.getProperty("karaf.data", "data")).resolve("provider-keys"),
                requireNonNullElse(System.getenv(MasterKeys.VARIABLE), ""),
                requireNonNullElse(System.getenv(MasterKeys.PREVIOUS_VARIABLE), ""),
                new SecureRandom(),
                LoggerFactory.getLogger(StoredKeys.class));
    }

    /**
     * Opens the keys in a folder, which is made when it is needed.
     *
     * @param passphrase to derive the master key from; empty if it is in a file
     * @param previous the passphrase before, if what it sealed is to be sealed anew; else empty
     */
    StoredKeys(Path folder, String passphrase, String previous, RandomGenerator random, Logger log) {
        this.file = new SealedKeysFile(folder.resolve(KEYS), random);
        this.masterKeys = new MasterKeys(folder.resolve(MASTER_KEY), passphrase, previous, random);
        this.random = random;
        this.log = log;
        try {
            synchronized (lock) {
                read();
            }
        } catch (IOException | IllegalStateException e) {
            log.error("The stored keys of providers can't be used: {}", reason(e));
        }
    }

    /**
     * Reads the file and opens what is in it. Ends what a crash has left half done, and seals anew what the passphrase
     * before has sealed.
     */
    private Content read() throws IOException {
        var content = file.read();
        open(content);
        var leftovers = byProvider.values().stream()
                .filter(StoredKey::isOfOtherKey)
                .map(key -> key.sealed().origin())
                .collect(Collectors.toSet());
        if (leftovers.contains(Origin.FILE)) {
            masterKeys.promoteNext();
            byProvider = Map.of();
            open(content);
        } else {
            masterKeys.discardNext();
        }
        if (!leftovers.contains(Origin.ENVIRONMENT)) {
            return content;
        }
        var rotated = rotate(content);
        log.info(
                "{} keys of providers are encrypted anew with {}; {} can go",
                rotated.keys().size(),
                MasterKeys.VARIABLE,
                MasterKeys.PREVIOUS_VARIABLE);
        return rotated;
    }

    /**
     * Has the catalog told of every change, after it.
     *
     * @return ends that
     */
    Runnable follow(Runnable changed) {
        followers.add(changed);
        return () -> followers.remove(changed);
    }

    /** The stored key of a provider. Does not block. */
    Optional<StoredKey> of(String provider) {
        return Optional.ofNullable(byProvider.get(provider));
    }

    /**
     * The keys that an account has of its own, by provider; empty for most accounts. Does not block.
     */
    Map<String, StoredKey> ofAccount(String account) {
        return byAccount.getOrDefault(account, Map.of());
    }

    /** Names of the providers that any account has a key of its own of. */
    Set<String> owned() {
        var owned = new TreeSet<String>();
        byAccount.values().forEach(keys -> owned.addAll(keys.keySet()));
        return owned;
    }

    @Override
    public Set<String> stored() {
        return byProvider.keySet().stream()
                .filter(name -> name.indexOf(OWNER_END) < 0)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public Set<String> stored(String account) {
        return new TreeSet<>(byAccount.getOrDefault(account, Map.of()).keySet());
    }

    @Override
    public void store(String account, String provider, Secret key) {
        store(account + OWNER_END + provider, key);
    }

    @Override
    public boolean remove(String account, String provider) {
        return remove(account + OWNER_END + provider);
    }

    @Override
    public void store(String provider, Secret key) {
        check(key.reveal());
        try {
            synchronized (lock) {
                // Read anew: what somebody has restored meanwhile must not be lost.
                var before = read();
                var after = before.with(seal(provider, key, before));
                file.write(after);
                open(after);
            }
        } catch (IOException | IllegalStateException e) {
            throw refusal("The key of " + provider + " can't be stored", e);
        }
        log.info("Provider {}: a key was stored", provider);
        followers.forEach(Runnable::run);
    }

    @Override
    public boolean remove(String provider) {
        try {
            synchronized (lock) {
                var before = read();
                if (!before.keys().containsKey(provider)) {
                    return false;
                }
                var after = before.without(provider);
                file.write(after);
                open(after);
            }
        } catch (IOException | IllegalStateException e) {
            throw refusal("The key of " + provider + " can't be removed", e);
        }
        log.info("Provider {}: the stored key was removed", provider);
        followers.forEach(Runnable::run);
        return true;
    }

    @Override
    public int rotateMasterKey() {
        try {
            int count;
            synchronized (lock) {
                count = rotate(read()).keys().size();
            }
            log.info("{} keys of providers are encrypted with a new master key", count);
            return count;
        } catch (IOException | IllegalStateException e) {
            throw refusal("The master key can't be replaced", e);
        }
    }

    /** Seals everything with a new key: a random one in a file, or one derived from the passphrase with a new salt. */
    private Content rotate(Content before) throws IOException {
        var secrets = new TreeMap<String, Secret>();
        byProvider.forEach((name, key) -> secrets.put(
                name,
                key.secret()
                        .orElseThrow(() -> new IllegalStateException("the key of " + name + " can't be decrypted ("
                                + key.problem() + "): type it again, or remove it, first"))));
        if (secrets.isEmpty()) {
            return before;
        }
        var origin = masterKeys.current();
        var salt = file.newSalt();
        var master = origin == Origin.FILE ? masterKeys.makeNext() : masterKeys.key(origin, salt);
        var sealed = new TreeMap<String, SealedKey>();
        secrets.forEach((name, key) -> sealed.put(name, SealedKey.seal(name, key, origin, master, random)));
        var after = new Content(salt, sealed);
        file.write(after);
        if (origin == Origin.FILE) {
            masterKeys.promoteNext();
        } else {
            masterKeys.discardFile();
        }
        open(after);
        return after;
    }

    private SealedKey seal(String provider, Secret key, Content beside) throws IOException {
        var origin = masterKeys.current();
        boolean isFirst = beside.keys().values().stream()
                .noneMatch(other ->
                        other.origin() == Origin.FILE && !other.provider().equals(provider));
        if (origin == Origin.FILE && isFirst) {
            masterKeys.makeFile();
        }
        return SealedKey.seal(provider, key, origin, masterKeys.key(origin, beside.salt()), random);
    }

    private void open(Content content) {
        var opened = new HashMap<String, StoredKey>();
        content.keys().forEach((provider, entry) -> {
            var before = byProvider.get(provider);
            boolean isKnown = before != null && before.sealed().equals(entry);
            if (before != null && isKnown && before.secret().isPresent()) {
                opened.put(provider, before);
                return;
            }
            var key = open(entry, content.salt());
            if (!key.problem().isEmpty() && !isKnown) {
                log.error(
                        "Provider {} counts as without a key: the stored one can't be decrypted: {}",
                        provider,
                        key.problem());
            }
            opened.put(provider, key);
        });
        byProvider = Map.copyOf(opened);
        byAccount = owned(opened);
    }

    private static Map<String, Map<String, StoredKey>> owned(Map<String, StoredKey> all) {
        var owned = new HashMap<String, Map<String, StoredKey>>();
        all.forEach((name, key) -> {
            int end = name.indexOf(OWNER_END);
            if (end >= 0) {
                owned.computeIfAbsent(name.substring(0, end), account -> new HashMap<>())
                        .put(name.substring(end + 1), key);
            }
        });
        return Map.copyOf(owned);
    }

    private StoredKey open(SealedKey entry, String salt) {
        try {
            return StoredKey.opened(entry, entry.open(masterKeys.key(entry.origin(), salt)));
        } catch (IOException | IllegalStateException e) {
            return openWithOtherKey(entry, salt).orElseGet(() -> StoredKey.closed(entry, reason(e)));
        }
    }

    private Optional<StoredKey> openWithOtherKey(SealedKey entry, String salt) {
        try {
            return masterKeys
                    .otherKey(entry.origin(), salt)
                    .map(master -> StoredKey.openedWithOtherKey(entry, entry.open(master)));
        } catch (IOException | IllegalStateException notThatEither) {
            return Optional.empty();
        }
    }

    private static void check(String key) {
        if (key.isEmpty() || key.length() > MAX_LENGTH) {
            throw Failure.invalid("key", "A key has 1 to " + MAX_LENGTH + " characters.")
                    .toException();
        }
        if (key.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw Failure.invalid(
                            "key",
                            "A key can't hold blanks, control characters or letters outside ASCII. Perhaps more than"
                                    + " the key was pasted.")
                    .toException();
        }
    }

    private RuntimeException refusal(String what, Exception cause) {
        log.error("{}", what, cause);
        return Failure.of(FailureKind.INTERNAL, what + ": " + reason(cause) + ".")
                .toException();
    }

    private static String reason(Exception e) {
        return (e instanceof IOException ? e.toString() : String.valueOf(e.getMessage())).replaceFirst("\\.$", "");
    }
}
