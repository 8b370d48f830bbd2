package io.patchbay.access;

import io.patchbay.api.access.Account;
import io.patchbay.api.access.Accounts;
import io.patchbay.api.failure.Failure;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The accounts of this installation, in memory for reading and in a table for good. For any thread. */
final class AccountList implements Accounts {
    private static final Logger log = LoggerFactory.getLogger(AccountList.class);
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

    private final Tables tables;
    private final InstantSource clock;
    private final Map<String, Account> byId = new ConcurrentSkipListMap<>();

    AccountList(Tables tables, InstantSource clock) throws SQLException {
        this.tables = tables;
        this.clock = clock;
        byId.put(Account.OPERATOR.id(), Account.OPERATOR);
        tables.accounts().forEach(account -> byId.put(account.id(), account));
    }

    @Override
    public List<Account> accounts() {
        return List.copyOf(byId.values());
    }

    @Override
    public Optional<Account> findAccount(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    @Override
    public synchronized Account create(String id, UnaryOperator<Account.Builder> settings) {
        if (!ID.matcher(id).matches()) {
            throw Failure.invalid(
                            "id",
                            "'id' must have 1 to 63 characters: lower-case letters, digits, dots, dashes, underscores;"
                                    + " the first one a letter or a digit.")
                    .toException();
        }
        if (byId.containsKey(id)) {
            throw Failure.invalid("id", "There is an account '" + id + "' already.")
                    .toException();
        }
        var account = settings.apply(Account.builder(id, clock.instant().truncatedTo(ChronoUnit.MICROS)))
                .build();
        check(account);
        Unwritten.orElseThrow("account " + id, () -> tables.insert(account));
        byId.put(id, account);
        log.info("Made the account {}", id);
        return account;
    }

    private static void check(Account account) {
        if (account.overdraft().isNegative()) {
            throw Failure.invalid("overdraft", "'overdraft' must not be below zero.")
                    .toException();
        }
        Names.check(account.name());
    }

    @Override
    public synchronized Optional<Account> changeAccount(String id, UnaryOperator<Account.Builder> settings) {
        var old = byId.get(id);
        if (old == null) {
            return Optional.empty();
        }
        var account = settings.apply(old.toBuilder()).build();
        if (account.equals(old)) {
            return Optional.of(old);
        }
        if (id.equals(Account.OPERATOR.id())) {
            throw Failure.invalid("id", "The operator's account can't be changed; its keys can.")
                    .toException();
        }
        check(account);
        Unwritten.orElseThrow("account " + id, () -> tables.update(account));
        byId.put(id, account);
        log.info("Changed the account {}", id);
        return Optional.of(account);
    }
}
