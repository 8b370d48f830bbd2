package io.patchbay.access;

import io.patchbay.api.access.Account;
import io.patchbay.api.access.ApiKey;
import io.patchbay.api.access.ApiKeys;
import io.patchbay.api.access.IssuedKey;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Secret;
import io.patchbay.api.failure.Failure;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The keys of this installation, in memory for reading and in a table for good. For any thread. */
final class KeyRing implements ApiKeys {
    private static final Logger log = LoggerFactory.getLogger(KeyRing.class);
    /** No secret comes near; a longer one is not worth hashing. */
    private static final int MAX_SECRET_LENGTH = 512;

    private static final String ANY_NAME = "/*";
    /** Later times are no times that anybody means, or can read. */
    private static final Instant LAST = Instant.parse("+10000-01-01T00:00:00Z");

    private final Tables tables;
    private final KeyHasher hasher;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Map<KeyHash, ApiKey> byHash = new ConcurrentHashMap<>();
    /** Ids of all keys with their hashes, the oldest first. Whoever changes keys holds this lock. */
    private final Map<String, KeyHash> oldestFirst = new LinkedHashMap<>();

    KeyRing(Tables tables, List<ApiKey> stored, KeyHasher hasher, InstantSource clock, RandomGenerator random) {
        this.tables = tables;
        this.hasher = hasher;
        this.clock = clock;
        this.random = random;
        stored.forEach(this::remember);
    }

    /** The key behind a secret; empty if it is mistyped or unknown. */
    Optional<ApiKey> find(Secret secret) {
        var text = secret.reveal();
        if (text.length() > MAX_SECRET_LENGTH || KeyFormat.isMistyped(text)) {
            return Optional.empty();
        }
        return Optional.ofNullable(byHash.get(hasher.hash(text)));
    }

    @Override
    public List<ApiKey> keys() {
        synchronized (oldestFirst) {
            var keys = new ArrayList<ApiKey>(oldestFirst.size());
            oldestFirst.values().forEach(hash -> keys.add(byHash.get(hash)));
            Collections.reverse(keys);
            return Collections.unmodifiableList(keys);
        }
    }

    @Override
    public Optional<ApiKey> findKey(String id) {
        synchronized (oldestFirst) {
            return Optional.ofNullable(oldestFirst.get(id)).map(byHash::get);
        }
    }

    /** Draws a secret that no key has yet. */
    Secret draw() {
        return KeyFormat.draw(random);
    }

    @Override
    public IssuedKey create(Account account, UnaryOperator<ApiKey.Builder> settings) {
        var secret = draw();
        return new IssuedKey(add(secret, account, settings), secret);
    }

    /** Makes a key of a given secret. */
    ApiKey add(Secret secret, Account account, UnaryOperator<ApiKey.Builder> settings) {
        var hash = hasher.hash(secret.reveal());
        var now = now();
        var blank = ApiKey.builder(hash.toString(), now).account(account).label(KeyFormat.label(secret.reveal()));
        var key = checked(settings.apply(blank).account(account).changed(now).build());
        synchronized (oldestFirst) {
            Unwritten.orElseThrow("API key \"" + key.name() + '"', () -> tables.insert(List.of(key)));
            remember(key);
        }
        log.info("Made the API key \"{}\" ({}, {}, of {})", key.name(), key.label(), key.purpose(), account);
        return key;
    }

    @Override
    public Optional<ApiKey> change(String id, UnaryOperator<ApiKey.Builder> settings) {
        synchronized (oldestFirst) {
            var old = findKey(id);
            if (old.isEmpty()) {
                return old;
            }
            var key = checked(settings.apply(old.get().toBuilder())
                    .account(old.get().account())
                    .purpose(old.get().purpose())
                    .label(old.get().label())
                    .changed(now())
                    .build());
            Unwritten.orElseThrow("API key \"" + key.name() + '"', () -> tables.update(key));
            remember(key);
            log.info("Changed the API key \"{}\" ({})", key.name(), key.label());
            return Optional.of(key);
        }
    }

    @Override
    public boolean delete(String id) {
        synchronized (oldestFirst) {
            var key = findKey(id);
            if (key.isEmpty()) {
                return false;
            }
            var name = key.get().name();
            Unwritten.orElseThrow("end of the API key \"" + name + '"', () -> tables.delete(id, now()));
            byHash.remove(oldestFirst.remove(id));
            log.info("Deleted the API key \"{}\" ({})", name, key.get().label());
            return true;
        }
    }

    private void remember(ApiKey key) {
        var hash = KeyHash.parse(key.id());
        synchronized (oldestFirst) {
            byHash.put(hash, key);
            oldestFirst.put(key.id(), hash);
        }
    }

    /** As finely as the database keeps it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static ApiKey checked(ApiKey key) {
        Names.check(key.name());
        if (key.budget().filter(budget -> budget.limit().isNegative()).isPresent()) {
            throw Failure.invalid("limit", "'limit' must not be below zero.").toException();
        }
        if (key.expires().filter(end -> !end.isBefore(LAST)).isPresent()) {
            throw Failure.invalid("expires_at", "'expires_at' must be before the year 10000.")
                    .toException();
        }
        for (var model : key.permissions().models()) {
            var example = model.endsWith(ANY_NAME) ? model.replace('*', 'x') : model;
            if (ModelId.tryParse(example).filter(id -> id.variant().isEmpty()).isEmpty()) {
                throw Failure.invalid(
                                "allowed_models",
                                "'" + model + "' in 'allowed_models' is neither author/name nor author/*.")
                        .toException();
            }
        }
        for (var provider : key.permissions().providers()) {
            if (provider.isBlank() || provider.chars().anyMatch(c -> c <= ' ')) {
                throw Failure.invalid("allowed_providers", "'allowed_providers' holds something that is no name.")
                        .toException();
            }
        }
        return key;
    }
}
