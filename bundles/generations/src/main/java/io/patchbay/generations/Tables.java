package io.patchbay.generations;

import io.patchbay.api.billing.Charge;
import io.patchbay.api.chat.Usage;
import io.patchbay.api.database.Database;
import io.patchbay.api.generation.Activity;
import io.patchbay.api.generation.GenerationRecord;
import io.patchbay.api.generation.KeptGeneration;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.ledger.Money;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** The tables. For any thread. */
final class Tables {
    private static final int PAGE = 1_000;

    private static final String INSERT = "insert into generation (id, created, account, api_key, json) ";
    private static final String UNLESS_ANSWERED = " on conflict (id) do update set created = excluded.created,"
            + " account = excluded.account, api_key = excluded.api_key, json = excluded.json"
            + " where generation.json like '%\"error_type\":%'";

    private final Database database;

    Tables(Database database) {
        this.database = database;
    }

    /**
     * Writes records, all or none, each of another id. Those that are there already are left as they are, and not counted
     * again; unless they tell of a failure: a request with a name that is tried again is the same generation.
     */
    void insert(List<GenerationRecord> records) throws SQLException {
        try (var connection = database.connect()) {
            connection.setAutoCommit(false);
            try {
                var added = insertGenerations(connection, records);
                addActivity(connection, added);
                connection.commit();
            } catch (SQLException failure) {
                connection.rollback();
                throw failure;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    private List<GenerationRecord> insertGenerations(Connection connection, List<GenerationRecord> records)
            throws SQLException {
        return switch (database.kind()) {
            case SQLITE -> insertRows(connection, records);
            case POSTGRESQL -> insertColumns(connection, records);
        };
    }

    private static List<GenerationRecord> insertRows(Connection connection, List<GenerationRecord> records)
            throws SQLException {
        try (var insert = connection.prepareStatement(INSERT + "values (?, ?, ?, ?, ?)" + UNLESS_ANSWERED)) {
            for (var record : records) {
                insert.setString(1, record.id());
                insert.setLong(2, record.created().toEpochMilli());
                insert.setString(3, record.account());
                insert.setString(4, record.key());
                insert.setString(5, Description.of(record));
                insert.addBatch();
            }
            var counts = insert.executeBatch();
            var added = new ArrayList<GenerationRecord>(records.size());
            for (int i = 0; i < counts.length; i++) {
                if (counts[i] != 0) {
                    added.add(records.get(i));
                }
            }
            return added;
        }
    }

    /** With one statement for all: one for each takes the server several times as long. */
    private static List<GenerationRecord> insertColumns(Connection connection, List<GenerationRecord> records)
            throws SQLException {
        try (var insert = connection.prepareStatement(
                INSERT + "select * from unnest(?, ?, ?, ?, ?)" + UNLESS_ANSWERED + " returning id")) {
            insert.setArray(1, column(connection, "text", records, GenerationRecord::id));
            insert.setArray(
                    2,
                    column(
                            connection,
                            "bigint",
                            records,
                            record -> record.created().toEpochMilli()));
            insert.setArray(3, column(connection, "text", records, GenerationRecord::account));
            insert.setArray(4, column(connection, "text", records, GenerationRecord::key));
            insert.setArray(5, column(connection, "text", records, Description::of));
            var added = new HashSet<String>();
            try (var ids = insert.executeQuery()) {
                while (ids.next()) {
                    added.add(ids.getString(1));
                }
            }
            return records.stream()
                    .filter(record -> added.contains(record.id()))
                    .toList();
        }
    }

    private static Array column(
            Connection connection,
            String type,
            List<GenerationRecord> records,
            Function<GenerationRecord, Object> value)
            throws SQLException {
        return connection.createArrayOf(type, records.stream().map(value).toArray());
    }

    /** Adds them up first: many generations of a batch are of one key and one endpoint. */
    private static void addActivity(Connection connection, List<GenerationRecord> records) throws SQLException {
        var sums = new HashMap<List<Object>, Activity>();
        for (var record : records) {
            // What was delivered of an answer that had to end early is charged, too.
            boolean isUse = record.failure().isEmpty() || record.charge().isPresent();
            if (record.usage().isPresent() && isUse) {
                activity(record, record.usage().get())
                        .ifPresent(one -> sums.merge(
                                List.of(one.day(), one.account(), one.key(), one.endpoint()), one, Activity::plus));
            }
        }
        try (var upsert = connection.prepareStatement("insert into activity (day, account, api_key, endpoint, model,"
                + " provider, requests, prompt_tokens, completion_tokens, reasoning_tokens, charged, cost, own_cost)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (day, account, api_key, endpoint) do update"
                + " set requests = activity.requests + excluded.requests,"
                + " prompt_tokens = activity.prompt_tokens + excluded.prompt_tokens,"
                + " completion_tokens = activity.completion_tokens + excluded.completion_tokens,"
                + " reasoning_tokens = activity.reasoning_tokens + excluded.reasoning_tokens,"
                + " charged = activity.charged + excluded.charged, cost = activity.cost + excluded.cost,"
                + " own_cost = activity.own_cost + excluded.own_cost")) {
            for (var sum : sums.values()) {
                bind(upsert, sum);
                upsert.addBatch();
            }
            upsert.executeBatch();
        }
    }

    private static Optional<Activity> activity(GenerationRecord record, Usage usage) {
        var charge = record.charge().orElse(Charge.NONE);
        return Description.last(record)
                .map(endpoint -> new Activity(
                        day(record.created()),
                        record.account(),
                        record.key(),
                        endpoint.model().toString(),
                        endpoint.provider().name(),
                        endpoint.id(),
                        1,
                        usage.promptTokens(),
                        usage.completionTokens(),
                        usage.reasoningTokens(),
                        charge.charged(),
                        charge.cost(),
                        charge.ownCost()));
    }

    private static void bind(PreparedStatement upsert, Activity sum) throws SQLException {
        upsert.setLong(1, sum.day().toEpochDay());
        upsert.setString(2, sum.account());
        upsert.setString(3, sum.key());
        upsert.setString(4, sum.endpoint());
        upsert.setString(5, sum.model());
        upsert.setString(6, sum.provider());
        upsert.setLong(7, sum.requests());
        upsert.setLong(8, sum.promptTokens());
        upsert.setLong(9, sum.completionTokens());
        upsert.setLong(10, sum.reasoningTokens());
        upsert.setLong(11, sum.charged().nanos());
        upsert.setLong(12, sum.cost().nanos());
        upsert.setLong(13, sum.ownCost().nanos());
    }

    /**
     * Deletes the oldest of those that began before then; what accounts have used is known all the same.
     *
     * @return how many
     */
    int deleteBefore(Instant then, int most) throws SQLException {
        try (var connection = database.connect();
                var delete = connection.prepareStatement("delete from generation where id in"
                        + " (select id from generation where created < ? order by created, id limit ?)")) {
            delete.setLong(1, then.toEpochMilli());
            delete.setInt(2, most);
            return delete.executeUpdate();
        }
    }

    /** A generation by its id. */
    Optional<KeptGeneration> find(String id) throws SQLException {
        try (var connection = database.connect();
                var select =
                        connection.prepareStatement("select account, api_key, json from generation where id = ?")) {
            select.setString(1, id);
            try (var rows = select.executeQuery()) {
                return rows.next()
                        ? Optional.of(new KeptGeneration(
                                id, rows.getString(1), rows.getString(2), JsonView.parse(rows.getString(3))))
                        : Optional.empty();
            }
        }
    }

    /** What began within a stretch of time, the oldest first, a page at a time. */
    void each(Instant from, Instant until, Consumer<KeptGeneration> taker) throws SQLException {
        var page = page(from.toEpochMilli(), "", until.toEpochMilli());
        while (!page.isEmpty()) {
            page.forEach(row -> taker.accept(row.generation()));
            var last = page.get(page.size() - 1);
            page = page(last.created(), last.generation().id(), until.toEpochMilli());
        }
    }

    private record Row(long created, KeptGeneration generation) {}

    /** What comes after that generation. */
    private List<Row> page(long created, String id, long until) throws SQLException {
        try (var connection = database.connect();
                var select = connection.prepareStatement("select created, id, account, api_key, json from generation"
                        + " where created < ? and (created, id) > (?, ?) order by created, id limit ?")) {
            select.setLong(1, until);
            select.setLong(2, created);
            select.setString(3, id);
            select.setInt(4, PAGE);
            try (var rows = select.executeQuery()) {
                var page = new ArrayList<Row>(PAGE);
                while (rows.next()) {
                    page.add(new Row(
                            rows.getLong(1),
                            new KeptGeneration(
                                    rows.getString(2),
                                    rows.getString(3),
                                    rows.getString(4),
                                    JsonView.parse(rows.getString(5)))));
                }
                return page;
            }
        }
    }

    /** What was used from one day to another. */
    List<Activity> activity(LocalDate from, LocalDate to) throws SQLException {
        try (var connection = database.connect();
                var select = connection.prepareStatement("select day, account, api_key, model, provider, endpoint,"
                        + " requests, prompt_tokens, completion_tokens, reasoning_tokens, charged, cost, own_cost from activity"
                        + " where day between ? and ? order by day desc, account, api_key, endpoint")) {
            select.setLong(1, from.toEpochDay());
            select.setLong(2, to.toEpochDay());
            try (var rows = select.executeQuery()) {
                var activity = new ArrayList<Activity>();
                while (rows.next()) {
                    activity.add(activity(rows));
                }
                return List.copyOf(activity);
            }
        }
    }

    private static Activity activity(ResultSet row) throws SQLException {
        return new Activity(
                LocalDate.ofEpochDay(row.getLong(1)),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getLong(7),
                row.getLong(8),
                row.getLong(9),
                row.getLong(10),
                new Money(row.getLong(11)),
                new Money(row.getLong(12)),
                new Money(row.getLong(13)));
    }

    private static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }
}
