package io.patchbay.ledger;

import io.patchbay.api.database.Database;
import io.patchbay.api.ledger.Ledger.Posted;
import io.patchbay.api.ledger.LedgerAccount;
import io.patchbay.api.ledger.Money;
import io.patchbay.api.ledger.Transfer;
import io.patchbay.api.ledger.TransferQuery;
import io.patchbay.ledger.Book.Spent;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the tables. For any thread. */
final class Tables {
    private static final String COLUMNS = "select sequence, id, kind, created, budget, details from transfer ";
    /** Around a choice of transfers: each with its entries, a row for each of these. */
    private static final String WITH_ENTRIES = "select chosen.sequence, chosen.id, chosen.kind, chosen.created,"
            + " chosen.budget, chosen.details, ledger_account.name, entry.amount from (";

    private static final String EACH_ENTRY = ") chosen left join entry on entry.sequence = chosen.sequence"
            + " left join ledger_account on ledger_account.id = entry.account"
            + " order by chosen.sequence desc, entry.account";

    private final Database database;

    Tables(Database database) {
        this.database = database;
    }

    /** What every ledger account has. */
    Map<LedgerAccount, Money> balances() throws SQLException {
        try (var connection = database.connect();
                var select = connection.prepareStatement("select name, balance from ledger_account");
                var rows = select.executeQuery()) {
            var balances = new HashMap<LedgerAccount, Money>();
            while (rows.next()) {
                balances.put(LedgerAccount.parse(rows.getString(1)), new Money(rows.getLong(2)));
            }
            return balances;
        }
    }

    /** What was spent from every budget on every day. */
    List<Spent> spent() throws SQLException {
        try (var connection = database.connect();
                var select = connection.prepareStatement("select budget, day, amount from spending");
                var rows = select.executeQuery()) {
            var spent = new ArrayList<Spent>();
            while (rows.next()) {
                spent.add(new Spent(
                        rows.getString(1), LocalDate.ofEpochDay(rows.getLong(2)), new Money(rows.getLong(3))));
            }
            return spent;
        }
    }

    /** A transfer by its id. */
    Optional<Transfer> find(String id) throws SQLException {
        try (var connection = database.connect();
                var select = connection.prepareStatement(WITH_ENTRIES + COLUMNS + "where id = ?" + EACH_ENTRY)) {
            select.setString(1, id);
            return read(select).stream().map(Posted::transfer).findFirst();
        }
    }

    /** What an account had, by the transfers made before. */
    Money balance(LedgerAccount account, Instant time) throws SQLException {
        var only = only(account);
        try (var connection = database.connect();
                var select = connection.prepareStatement("select cast(coalesce(sum(amount), 0) as bigint) from transfer"
                        + " join entry on entry.sequence = transfer.sequence where entry.account ="
                        + " (select ledger_account.id from ledger_account where name = ?) and created < ? " + only)) {
            select.setString(1, account.toString());
            select.setLong(2, time.toEpochMilli());
            select.setString(3, account.toString());
            try (var rows = select.executeQuery()) {
                rows.next();
                return new Money(rows.getLong(1));
            }
        }
    }

    /** Transfers, the newest first. Those of credit are found by an index, those of other accounts by looking. */
    List<Posted> find(TransferQuery query) throws SQLException {
        var account = query.account();
        try (var connection = database.connect();
                var select = connection.prepareStatement(WITH_ENTRIES + COLUMNS
                        + "where sequence < ? and created >= ? and created < ? "
                        + (query.charges() ? "" : "and kind <> 'CHARGE' ")
                        + account.map(Tables::only).orElse("") + "order by sequence desc limit ?" + EACH_ENTRY)) {
            int place = 1;
            select.setLong(place++, query.before());
            select.setLong(place++, query.from().toEpochMilli());
            select.setLong(place++, query.until().toEpochMilli());
            if (account.isPresent()) {
                select.setString(place++, account.get().toString());
            }
            select.setInt(place, query.limit());
            return read(select);
        }
    }

    private static String only(LedgerAccount account) {
        var id = "(select ledger_account.id from ledger_account where name = ?) ";
        return account.kind() == LedgerAccount.Kind.CREDIT
                ? "and credit = " + id
                : "and exists (select 1 from entry where entry.sequence = transfer.sequence and account = " + id + ") ";
    }

    private static List<Posted> read(PreparedStatement select) throws SQLException {
        var found = new ArrayList<Posted>();
        try (var rows = select.executeQuery()) {
            boolean isRow = rows.next();
            while (isRow) {
                long sequence = rows.getLong(1);
                var transfer = Transfer.builder(
                                rows.getString(2),
                                Transfer.Kind.valueOf(rows.getString(3)),
                                Instant.ofEpochMilli(rows.getLong(4)))
                        .budget(rows.getString(5))
                        .details(rows.getString(6));
                while (isRow && rows.getLong(1) == sequence) {
                    addEntry(rows, transfer);
                    isRow = rows.next();
                }
                found.add(new Posted(sequence, transfer.build()));
            }
        }
        return List.copyOf(found);
    }

    /** A transfer that moved nothing has one row, without an entry. */
    private static void addEntry(ResultSet row, Transfer.Builder transfer) throws SQLException {
        var account = row.getString(7);
        if (account != null) {
            transfer.entry(LedgerAccount.parse(account), new Money(row.getLong(8)));
        }
    }
}
