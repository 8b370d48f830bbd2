package io.patchbay.ledger;

import io.patchbay.api.database.Database;
import io.patchbay.api.ledger.Ledger.Audit;
import io.patchbay.api.ledger.Money;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reckons the book again from its entries, which are never changed, and compares the sums kept beside them. */
final class Verification {
    /** More differences than this tell nobody more. */
    private static final int MOST = 100;

    private static final String LIMIT = " limit " + MOST;

    private final Connection connection;
    private final List<String> differences = new ArrayList<>();

    private Verification(Connection connection) {
        this.connection = connection;
    }

    /** Verifies what is in the database at one moment, while others go on writing. */
    static Audit of(Database database) throws SQLException {
        try (var connection = database.connect();
                var transaction = connection.createStatement()) {
            transaction.execute(
                    switch (database.kind()) {
                        case SQLITE -> "begin deferred";
                        case POSTGRESQL -> "begin isolation level repeatable read read only";
                    });
            try {
                var verification = new Verification(connection);
                verification.compare();
                long transfers = verification.number("select count(*) from transfer");
                return new Audit(transfers, verification.differences);
            } finally {
                transaction.execute("rollback");
            }
        }
    }

    private void compare() throws SQLException {
        find(
                "select id, sum(amount) from entry join transfer on transfer.sequence = entry.sequence"
                        + " group by transfer.sequence, id having sum(amount) <> 0",
                "transfer %s is out of balance by %s");
        find(
                "select name, balance - coalesce((select sum(amount) from entry where account = ledger_account.id), 0)"
                        + " as difference from ledger_account where balance <>"
                        + " coalesce((select sum(amount) from entry where account = ledger_account.id), 0)",
                "the balance of %s differs from its entries by %s");
        find(
                "select transfer.id, entry.amount from entry join transfer on transfer.sequence = entry.sequence"
                        + " where not exists (select 1 from ledger_account where ledger_account.id = entry.account)",
                "transfer %s has an entry of %s for no account");
        find(
                "select entry.sequence, amount from entry where not exists"
                        + " (select 1 from transfer where transfer.sequence = entry.sequence)",
                "there is no transfer %s for an entry of %s");
        find(
                "with reckoned as (select budget, created / 86400000 as day, -sum(amount) as amount from transfer"
                        + " join entry on entry.sequence = transfer.sequence"
                        + " join ledger_account on ledger_account.id = entry.account"
                        + " where budget <> '' and (name like 'credit/%' or name like 'own_payments/%') group by budget, created / 86400000)"
                        + " select spending.budget, spending.amount - coalesce(reckoned.amount, 0) from spending"
                        + " left join reckoned on reckoned.budget = spending.budget and reckoned.day = spending.day"
                        + " where spending.amount <> coalesce(reckoned.amount, 0)",
                "what was spent from budget %s in a day differs from its transfers by %s");
    }

    private void find(String query, String sentence) throws SQLException {
        try (var select = connection.prepareStatement(query + LIMIT);
                var rows = select.executeQuery()) {
            while (rows.next()) {
                differences.add(String.format(sentence, rows.getString(1), new Money(rows.getLong(2))));
            }
        }
    }

    private long number(String query) throws SQLException {
        try (var select = connection.prepareStatement(query);
                var rows = select.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
