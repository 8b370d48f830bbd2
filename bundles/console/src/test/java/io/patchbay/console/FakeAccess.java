package io.patchbay.console;

import io.patchbay.api.access.Account;
import io.patchbay.api.access.Accounts;
import io.patchbay.api.access.ApiKey;
import io.patchbay.api.access.ApiKeys;
import io.patchbay.api.access.IssuedKey;
import io.patchbay.api.catalog.Secret;
import io.patchbay.api.failure.Failure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Makes keys whose secrets are "secret-of-NAME" and whose labels "sec...NAME". */
final class FakeAccess implements ApiKeys, Accounts {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456Z");

    private final List<ApiKey> keys = new ArrayList<>();
    private final Map<String, Account> accounts = new LinkedHashMap<>();

    FakeAccess() {
        accounts.put(Account.OPERATOR.id(), Account.OPERATOR);
    }

    @Override
    public IssuedKey create(Account account, UnaryOperator<ApiKey.Builder> settings) {
        var name = settings.apply(ApiKey.builder("", NOON)).build().name();
        if (name.isBlank()) {
            throw Failure.invalid("name", "'name' must not be blank.").toException();
        }
        var key = settings.apply(ApiKey.builder("id-of-" + name, NOON))
                .account(account)
                .label("sec..." + name)
                .build();
        keys.add(0, key);
        return new IssuedKey(key, Secret.of("secret-of-" + name));
    }

    @Override
    public List<ApiKey> keys() {
        return keys;
    }

    @Override
    public Optional<ApiKey> findKey(String id) {
        return keys.stream().filter(key -> key.id().equals(id)).findFirst();
    }

    @Override
    public Optional<ApiKey> change(String id, UnaryOperator<ApiKey.Builder> settings) {
        var old = findKey(id);
        return old.map(key -> {
            var changed = settings.apply(key.toBuilder()).build();
            keys.set(keys.indexOf(key), changed);
            return changed;
        });
    }

    @Override
    public boolean delete(String id) {
        return keys.removeIf(key -> key.id().equals(id));
    }

    @Override
    public List<Account> accounts() {
        return List.copyOf(accounts.values());
    }

    @Override
    public Optional<Account> findAccount(String id) {
        return Optional.ofNullable(accounts.get(id));
    }

    @Override
    public Account create(String id, UnaryOperator<Account.Builder> settings) {
        if (accounts.containsKey(id)) {
            throw Failure.invalid("id", "There is an account '" + id + "' already.")
                    .toException();
        }
        var account = settings.apply(Account.builder(id, NOON)).build();
        accounts.put(id, account);
        return account;
    }

    @Override
    public Optional<Account> changeAccount(String id, UnaryOperator<Account.Builder> settings) {
        return Optional.ofNullable(accounts.computeIfPresent(
                id, (same, old) -> settings.apply(old.toBuilder()).build()));
    }
}
