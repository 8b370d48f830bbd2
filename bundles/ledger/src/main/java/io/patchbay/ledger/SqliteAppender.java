package io.patchbay.ledger;

import io.patchbay.api.ledger.Entry;
import io.patchbay.api.ledger.LedgerAccount;
import io.patchbay.api.ledger.Money;
import io.patchbay.api.ledger.Transfer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Row by row, each with its own statement: there is nobody to travel to. */
final class SqliteAppender extends Appender {
    private final PreparedStatement transfer;
    private final PreparedStatement entry;
    private final PreparedStatement balance;
    private final PreparedStatement spending;

    /** What spending is summed up by. */
    private record Day(String budget, LocalDate day) {}

    SqliteAppender(Connection connection) throws SQLException {
        super(connection);
        transfer = connection.prepareStatement(
                "insert into transfer (sequence, id, kind, created, budget, details, credit)"
                        + " values (?, ?, ?, ?, ?, ?, ?) on conflict (id) do nothing");
        entry = connection.prepareStatement("insert into entry (sequence, account, amount) values (?, ?, ?)");
        balance = connection.prepareStatement("update ledger_account set balance = balance + ? where id = ?");
        spending = connection.prepareStatement("insert into spending (budget, day, amount) values (?, ?, ?)"
                + " on conflict (budget, day) do update set amount = spending.amount + excluded.amount");
    }

    @Override
    BitSet append(List<Transfer> transfers) throws SQLException {
        connection.setAutoCommit(false);
        var added = insert(transfers);
        long sequence = last;
        var gained = new HashMap<LedgerAccount, Money>();
        var spent = new HashMap<Day, Money>();
        for (int i = 0; i < transfers.size(); i++) {
            sequence++;
            if (added.get(i)) {
                var one = transfers.get(i);
                insertEntries(sequence, one.entries());
                one.entries().forEach(leg -> gained.merge(leg.account(), leg.amount(), Money::plus));
                one.budget()
                        .ifPresent(of -> spent.merge(new Day(of, Book.day(one.created())), one.debit(), Money::plus));
            }
        }
        entry.executeBatch();
        addToBalances(gained);
        addToSpending(spent);
        // This commits. To commit first would begin another transaction, and keep others from writing.
        connection.setAutoCommit(true);
        last = sequence;
        return added;
    }

    private BitSet insert(List<Transfer> transfers) throws SQLException {
        long sequence = last;
        for (var one : transfers) {
            sequence++;
            transfer.setLong(1, sequence);
            transfer.setString(2, one.id());
            transfer.setString(3, one.kind().name());
            transfer.setLong(4, one.created().toEpochMilli());
            transfer.setString(5, one.budget().orElse(""));
            transfer.setString(6, one.details());
            bindCredit(one);
            transfer.addBatch();
        }
        var counts = transfer.executeBatch();
        var added = new BitSet(counts.length);
        for (int i = 0; i < counts.length; i++) {
            added.set(i, counts[i] != 0);
        }
        return added;
    }

    private void bindCredit(Transfer one) throws SQLException {
        var credit = credit(one);
        if (credit.isPresent()) {
            transfer.setLong(7, id(credit.get()));
        } else {
            transfer.setNull(7, Types.BIGINT);
        }
    }

    private void insertEntries(long sequence, List<Entry> entries) throws SQLException {
        for (var leg : entries) {
            entry.setLong(1, sequence);
            entry.setLong(2, id(leg.account()));
            entry.setLong(3, leg.amount().nanos());
            entry.addBatch();
        }
    }

    private void addToBalances(Map<LedgerAccount, Money> gained) throws SQLException {
        for (var gain : gained.entrySet()) {
            balance.setLong(1, gain.getValue().nanos());
            balance.setLong(2, id(gain.getKey()));
            balance.addBatch();
        }
        balance.executeBatch();
    }

    private void addToSpending(Map<Day, Money> spent) throws SQLException {
        for (var one : spent.entrySet()) {
            spending.setString(1, one.getKey().budget());
            spending.setLong(2, one.getKey().day().toEpochDay());
            spending.setLong(3, one.getValue().nanos());
            spending.addBatch();
        }
        spending.executeBatch();
    }
}
