package io.patchbay.ledger;

import io.patchbay.api.database.Database;
import io.patchbay.api.ledger.LedgerAccount;
import io.patchbay.api.ledger.Transfer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes transfers at the end of the book, many with one commit, together with the sums that follow from them. Good until
 * its first error: what it remembers of the tables may be wrong then. For one thread.
 */
abstract sealed class Appender implements AutoCloseable permits SqliteAppender, PostgresAppender {
    final Connection connection;
    private final PreparedStatement account;
    private final Map<LedgerAccount, Long> accounts = new HashMap<>();

    /** The sequence of the last transfer in the book, or one after it. */
    long last;

    /** @param connection closed with this */
    Appender(Connection connection) throws SQLException {
        this.connection = connection;
        readAccounts();
        last = readLast();
        account = connection.prepareStatement("insert into ledger_account (id, name, balance) values (?, ?, 0)");
    }

    /** One with a connection of its own. */
    static Appender open(Database database) throws SQLException {
        var connection = database.connect();
        try {
            return switch (database.kind()) {
                case SQLITE -> new SqliteAppender(connection);
                case POSTGRESQL -> new PostgresAppender(connection);
            };
        } catch (SQLException failure) {
            connection.close();
            throw failure;
        }
    }

    /**
     * Appends transfers and commits.
     *
     * @return those that are new, by their place in the list; the others were in the book already, or are twice in the list
     */
    abstract BitSet append(List<Transfer> transfers) throws SQLException;

    /** The number of a ledger account, which is made if there is none. */
    final long id(LedgerAccount of) throws SQLException {
        var known = accounts.get(of);
        if (known != null) {
            return known;
        }
        long id = accounts.size() + 1L;
        account.setLong(1, id);
        account.setString(2, of.toString());
        account.executeUpdate();
        accounts.put(of, id);
        return id;
    }

    /** Whose credit a transfer moves, if it does. */
    static Optional<LedgerAccount> credit(Transfer transfer) {
        for (var leg : transfer.entries()) {
            if (leg.account().kind() == LedgerAccount.Kind.CREDIT) {
                return Optional.of(leg.account());
            }
        }
        return Optional.empty();
    }

    private void readAccounts() throws SQLException {
        try (var select = connection.prepareStatement("select id, name from ledger_account");
                var rows = select.executeQuery()) {
            while (rows.next()) {
                accounts.put(LedgerAccount.parse(rows.getString(2)), rows.getLong(1));
            }
        }
    }

    private long readLast() throws SQLException {
        try (var select = connection.prepareStatement("select coalesce(max(sequence), 0) from transfer");
                var rows = select.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** Gives the connection back; what is not committed is lost. */
    @Override
    public final void close() throws SQLException {
        connection.close();
    }
}
