package io.patchbay.ledger;

import io.patchbay.api.ledger.Transfer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All with one statement, which the server commits by itself: a statement for every row takes it several times as long, and
 * each way to it and back wakes two processes.
 */
final class PostgresAppender extends Appender {
    /** Columns in, a row of them for each transfer, each leg and each transfer that is spent from a budget. */
    private static final String APPEND = """
            with added as (
                insert into transfer (sequence, id, kind, created, credit, budget, details)
                select * from unnest(?, ?, ?, ?, ?, ?, ?)
                on conflict (id) do nothing
                returning sequence
            ), leg as (
                select sequence, account, amount
                from unnest(?, ?, ?) as given (sequence, account, amount)
                join added using (sequence)
            ), entered as (
                insert into entry (sequence, account, amount) select sequence, account, amount from leg
            ), gained as (
                update ledger_account set balance = balance + sum.amount
                from (select account, sum(amount)::bigint as amount from leg group by account) as sum
                where ledger_account.id = sum.account
            ), spent as (
                insert into spending (budget, day, amount)
                select budget, day, sum(amount)::bigint
                from unnest(?, ?, ?, ?) as given (sequence, budget, day, amount)
                join added using (sequence)
                group by budget, day
                on conflict (budget, day) do update set amount = spending.amount + excluded.amount
            )
            select sequence from added""";

    private final PreparedStatement append;

    PostgresAppender(Connection connection) throws SQLException {
        super(connection);
        append = connection.prepareStatement(APPEND);
    }

    @Override
    BitSet append(List<Transfer> transfers) throws SQLException {
        var rows = new Columns("bigint", "text", "text", "bigint", "bigint", "text", "text");
        var legs = new Columns("bigint", "bigint", "bigint");
        var spent = new Columns("bigint", "text", "bigint", "bigint");
        long sequence = last;
        for (var one : transfers) {
            sequence++;
            var credit = credit(one);
            rows.add(
                    sequence,
                    one.id(),
                    one.kind().name(),
                    one.created().toEpochMilli(),
                    credit.isPresent() ? id(credit.get()) : null,
                    one.budget().orElse(""),
                    one.details());
            for (var leg : one.entries()) {
                legs.add(sequence, id(leg.account()), leg.amount().nanos());
            }
            if (one.budget().isPresent()) {
                spent.add(
                        sequence,
                        one.budget().get(),
                        Book.day(one.created()).toEpochDay(),
                        one.debit().nanos());
            }
        }
        int place = rows.bind(1);
        place = legs.bind(place);
        spent.bind(place);
        var added = execute();
        last = sequence;
        return added;
    }

    private BitSet execute() throws SQLException {
        try (var sequences = append.executeQuery()) {
            var added = new BitSet();
            while (sequences.next()) {
                added.set(Math.toIntExact(sequences.getLong(1) - last - 1));
            }
            return added;
        }
    }

    /** Rows, turned into an array for each column. */
    private final class Columns {
        private final String[] types;
        private final List<@Nullable Object[]> rows = new ArrayList<>();

        Columns(String... types) {
            this.types = types;
        }

        void add(@Nullable Object... row) {
            rows.add(row);
        }

        /** Returns the place after the last one that it takes. */
        int bind(int first) throws SQLException {
            for (int column = 0; column < types.length; column++) {
                int of = column;
                var values = rows.stream().map(row -> row[of]).toArray();
                append.setArray(first + column, connection.createArrayOf(types[column], values));
            }
            return first + types.length;
        }
    }
}
