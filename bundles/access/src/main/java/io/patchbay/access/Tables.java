package io.patchbay.access;

import io.patchbay.api.access.Account;
import io.patchbay.api.access.ApiKey;
import io.patchbay.api.access.Permissions;
import io.patchbay.api.access.RateLimits;
import io.patchbay.api.database.Database;
import io.patchbay.api.ledger.Budget;
import io.patchbay.api.ledger.Money;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tables. For any thread. */
final class Tables {
    private static final String KEY_COLUMNS =
            "account, purpose, label, name, created, changed, expires, disabled, budget,"
                    + " period, counts_own_credentials, models, providers, data_collection, requests_per_minute,"
                    + " tokens_per_minute, regions, data_retention, strategy";
    private static final String ACCOUNT_COLUMNS =
            "name, overdraft, created, models, providers, regions, data_collection, data_retention, strategy";

    /** Where the id stands in a statement, after the columns. */
    private static final int ACCOUNT_ID = 10;

    private static final int KEY_ID = 20;

    private final Database database;

    Tables(Database database) {
        this.database = database;
    }

    /** All accounts that have been made. */
    List<Account> accounts() throws SQLException {
        try (var connection = database.connect();
                var select = connection.prepareStatement("select id, " + ACCOUNT_COLUMNS + " from account");
                var rows = select.executeQuery()) {
            var accounts = new ArrayList<Account>();
            while (rows.next()) {
                accounts.add(Account.builder(rows.getString(1), instant(rows.getLong(4)))
                        .name(rows.getString(2))
                        .overdraft(new Money(rows.getLong(3)))
                        .permissions(permissions(rows))
                        .strategy(Optional.ofNullable(rows.getString(10)))
                        .build());
            }
            return accounts;
        }
    }

    void insert(Account account) throws SQLException {
        try (var connection = database.connect();
                var insert = connection.prepareStatement("insert into account (" + ACCOUNT_COLUMNS + ", id) values ("
                        + "?, ".repeat(ACCOUNT_ID - 1) + "?)")) {
            set(insert, account);
            insert.executeUpdate();
        }
    }

    void update(Account account) throws SQLException {
        try (var connection = database.connect();
                var update = connection.prepareStatement(
                        "update account set " + assignments(ACCOUNT_COLUMNS) + " where id = ?")) {
            set(update, account);
            update.executeUpdate();
        }
    }

    private static String assignments(String columns) {
        return columns.replace(",", " = ?,") + " = ?";
    }

    /** In the order of {@link #ACCOUNT_COLUMNS}, and its id. */
    private static void set(PreparedStatement statement, Account account) throws SQLException {
        statement.setString(1, account.name());
        statement.setLong(2, account.overdraft().nanos());
        statement.setLong(3, micros(account.created()));
        var permissions = account.permissions();
        statement.setString(4, String.join("\n", permissions.models()));
        statement.setString(5, String.join("\n", permissions.providers()));
        statement.setString(6, String.join("\n", permissions.regions()));
        statement.setLong(7, permissions.dataCollection() ? 1 : 0);
        statement.setLong(8, permissions.dataRetention() ? 1 : 0);
        statement.setString(9, account.strategy().orElse(null));
        statement.setString(ACCOUNT_ID, account.id());
    }

    /** All keys but those deleted, the oldest first. */
    List<ApiKey> keys(Map<String, Account> accounts) throws SQLException {
        try (var connection = database.connect();
                var select = connection.prepareStatement(
                        "select id, " + KEY_COLUMNS + " from api_key where deleted is null order by position");
                var rows = select.executeQuery()) {
            var keys = new ArrayList<ApiKey>();
            while (rows.next()) {
                keys.add(key(rows, accounts));
            }
            return keys;
        }
    }

    /** Whether there has ever been a key. */
    boolean haveHadKeys() throws SQLException {
        try (var connection = database.connect();
                var select = connection.prepareStatement("select 1 from api_key limit 1");
                var rows = select.executeQuery()) {
            return rows.next();
        }
    }

    /** Adds keys after those there are, all or none; those that are there already are left as they are. */
    void insert(List<ApiKey> keys) throws SQLException {
        try (var connection = database.connect()) {
            connection.setAutoCommit(false);
            try {
                insert(connection, keys);
                connection.commit();
            } catch (SQLException failure) {
                connection.rollback();
                throw failure;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    private static void insert(Connection connection, List<ApiKey> keys) throws SQLException {
        try (var insert = connection.prepareStatement(
                "insert into api_key (" + KEY_COLUMNS + ", id, position) select " + "?, ".repeat(KEY_ID)
                        + "coalesce(max(position), 0) + 1 from api_key where true on conflict (id) do nothing")) {
            for (var key : keys) {
                set(insert, key);
                insert.setString(KEY_ID, key.id());
                insert.executeUpdate();
            }
        }
    }

    void update(ApiKey key) throws SQLException {
        try (var connection = database.connect();
                var update = connection.prepareStatement(
                        "update api_key set " + assignments(KEY_COLUMNS) + " where id = ?")) {
            set(update, key);
            update.setString(KEY_ID, key.id());
            update.executeUpdate();
        }
    }

    void delete(String id, Instant when) throws SQLException {
        try (var connection = database.connect();
                var update = connection.prepareStatement("update api_key set deleted = ? where id = ?")) {
            update.setLong(1, micros(when));
            update.setString(2, id);
            update.executeUpdate();
        }
    }

    /** In the order of {@link #KEY_COLUMNS}. */
    private static void set(PreparedStatement statement, ApiKey key) throws SQLException {
        statement.setString(1, key.account().id());
        statement.setString(2, key.purpose().name());
        statement.setString(3, key.label());
        statement.setString(4, key.name());
        statement.setLong(5, micros(key.created()));
        statement.setLong(6, micros(key.changed()));
        setLong(statement, 7, key.expires().map(Tables::micros));
        statement.setLong(8, key.disabled() ? 1 : 0);
        setLong(statement, 9, key.budget().map(budget -> budget.limit().nanos()));
        statement.setString(
                10,
                key.budget().map(Budget::period).orElse(Budget.Period.ALWAYS).name());
        statement.setLong(11, key.countsOwnCredentials() ? 1 : 0);
        statement.setString(12, String.join("\n", key.permissions().models()));
        statement.setString(13, String.join("\n", key.permissions().providers()));
        statement.setLong(14, key.permissions().dataCollection() ? 1 : 0);
        statement.setLong(15, key.rateLimits().requests());
        statement.setLong(16, key.rateLimits().tokens());
        statement.setString(17, String.join("\n", key.permissions().regions()));
        statement.setLong(18, key.permissions().dataRetention() ? 1 : 0);
        statement.setString(19, key.strategy().orElse(null));
    }

    private static ApiKey key(ResultSet rows, Map<String, Account> accounts) throws SQLException {
        var account = accounts.get(rows.getString(2));
        if (account == null) {
            throw new IllegalStateException("the API key " + rows.getString(4) + " is of the account "
                    + rows.getString(2) + ", which is not there");
        }
        var key = ApiKey.builder(rows.getString(1), instant(rows.getLong(6)))
                .account(account)
                .purpose(ApiKey.Purpose.valueOf(rows.getString(3)))
                .label(rows.getString(4))
                .name(rows.getString(5))
                .changed(instant(rows.getLong(7)))
                .disabled(rows.getLong(9) != 0)
                .countsOwnCredentials(rows.getLong(12) != 0)
                .permissions(permissions(rows))
                .rateLimits(new RateLimits(rows.getLong(16), rows.getLong(17)))
                .strategy(Optional.ofNullable(rows.getString(20)));
        getLong(rows, 8).map(Tables::instant).ifPresent(key::expires);
        var period = Budget.Period.valueOf(rows.getString(11));
        getLong(rows, 10).ifPresent(nanos -> key.limit(new Money(nanos), period));
        return key.build();
    }

    /** Of a key or of an account: both call the columns the same. */
    private static Permissions permissions(ResultSet rows) throws SQLException {
        return new Permissions(
                lines(rows.getString("models")),
                lines(rows.getString("providers")),
                lines(rows.getString("regions")),
                rows.getLong("data_collection") != 0,
                rows.getLong("data_retention") != 0);
    }

    private static void setLong(PreparedStatement statement, int column, Optional<Long> value) throws SQLException {
        if (value.isPresent()) {
            statement.setLong(column, value.get());
        } else {
            statement.setNull(column, Types.BIGINT);
        }
    }

    private static Optional<Long> getLong(ResultSet rows, int column) throws SQLException {
        long value = rows.getLong(column);
        return rows.wasNull() ? Optional.empty() : Optional.of(value);
    }

    private static List<String> lines(String text) {
        return text.lines().toList();
    }

    private static long micros(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1_000);
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
