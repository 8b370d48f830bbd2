package io.patchbay.batches;

import io.patchbay.api.database.Database;
import io.patchbay.api.json.JsonView;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The tables. For any thread; all of it blocks. */
final class BatchStore {
    private static final String FILES = "select id, account, created, name, purpose, size from file ";
    private static final String BATCHES =
            "select id, account, key, created, expires, endpoint, input, status, details from batch ";

    private static final String OF_ACCOUNT = "where account = ? and id = ?";

    private final Database database;

    BatchStore(Database database) {
        this.database = database;
    }

    /** Fills in the parameters of a statement. */
    private interface Parameters {
        void set(PreparedStatement statement) throws SQLException;
    }

    /** Reads a row. */
    private interface Row<T> {
        T read(ResultSet rows) throws SQLException;
    }

    private <T> List<T> select(String sql, Parameters parameters, Row<T> row) throws SQLException {
        try (var connection = database.connect();
                var select = connection.prepareStatement(sql)) {
            parameters.set(select);
            try (var rows = select.executeQuery()) {
                var all = new ArrayList<T>();
                while (rows.next()) {
                    all.add(row.read(rows));
                }
                return all;
            }
        }
    }

    private <T> Optional<T> first(String sql, Parameters parameters, Row<T> row) throws SQLException {
        return select(sql, parameters, row).stream().findFirst();
    }

    /** Of {@link #OF_ACCOUNT}. */
    private static Parameters ofAccount(String account, String id) {
        return statement -> {
            statement.setString(1, account);
            statement.setString(2, id);
        };
    }

    private int update(String sql, Parameters parameters) throws SQLException {
        try (var connection = database.connect();
                var update = connection.prepareStatement(sql)) {
            parameters.set(update);
            return update.executeUpdate();
        }
    }

    void write(BatchFile file, String text) throws SQLException {
        try (var connection = database.connect()) {
            connection.setAutoCommit(false);
            try (var content = connection.prepareStatement("insert into content (file, text) values (?, ?)");
                    var insert = connection.prepareStatement(
                            "insert into file (id, account, created, name, purpose, size) values (?, ?, ?, ?, ?, ?)")) {
                content.setString(1, file.id());
                content.setString(2, text);
                content.executeUpdate();
                insert.setString(1, file.id());
                insert.setString(2, file.account());
                insert.setLong(3, file.created().toEpochMilli());
                insert.setString(4, file.name());
                insert.setString(5, file.purpose());
                insert.setLong(6, file.size());
                insert.executeUpdate();
            }
            connection.commit();
        }
    }

    /** An account's, the newest first. */
    List<BatchFile> files(String account) throws SQLException {
        return select(
                FILES + "where account = ? order by created desc, id desc",
                statement -> statement.setString(1, account),
                BatchStore::file);
    }

    /** Bytes of all files of an account. */
    long size(String account) throws SQLException {
        return select(
                        "select coalesce(sum(size), 0) from file where account = ?",
                        statement -> statement.setString(1, account),
                        rows -> rows.getLong(1))
                .get(0);
    }

    Optional<BatchFile> file(String account, String id) throws SQLException {
        return first(FILES + OF_ACCOUNT, ofAccount(account, id), BatchStore::file);
    }

    private static BatchFile file(ResultSet rows) throws SQLException {
        return new BatchFile(
                rows.getString(1),
                rows.getString(2),
                Instant.ofEpochMilli(rows.getLong(3)),
                rows.getString(4),
                rows.getString(5),
                rows.getLong(6));
    }

    Optional<String> content(String file) throws SQLException {
        return first(
                "select text from content where file = ?",
                statement -> statement.setString(1, file),
                rows -> rows.getString(1));
    }

    void deleteFile(String id) throws SQLException {
        update("delete from content where file = ?", statement -> statement.setString(1, id));
        update("delete from file where id = ?", statement -> statement.setString(1, id));
    }

    /** Deletes files that were made before a time. */
    void deleteFilesBefore(Instant time) throws SQLException {
        update(
                "delete from content where file in (select id from file where created < ?)",
                statement -> statement.setLong(1, time.toEpochMilli()));
        update("delete from file where created < ?", statement -> statement.setLong(1, time.toEpochMilli()));
    }

    void insert(Batch batch) throws SQLException {
        update(
                "insert into batch (id, account, key, created, expires, endpoint, input, status, details)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                statement -> {
                    statement.setString(1, batch.id());
                    statement.setString(2, batch.account());
                    statement.setString(3, batch.key());
                    statement.setLong(4, batch.created().toEpochMilli());
                    statement.setLong(5, batch.expires().toEpochMilli());
                    statement.setString(6, batch.endpoint());
                    statement.setString(7, batch.input());
                    statement.setString(8, batch.status().name());
                    statement.setString(9, batch.details().toString());
                });
    }

    void update(Batch batch) throws SQLException {
        update("update batch set status = ?, details = ? where id = ?", statement -> {
            statement.setString(1, batch.status().name());
            statement.setString(2, batch.details().toString());
            statement.setString(3, batch.id());
        });
    }

    Optional<Batch> batch(String account, String id) throws SQLException {
        return first(BATCHES + OF_ACCOUNT, ofAccount(account, id), BatchStore::batch);
    }

    /** An account's, the newest first. */
    List<Batch> batches(String account) throws SQLException {
        return select(
                BATCHES + "where account = ? order by created desc, id desc",
                statement -> statement.setString(1, account),
                BatchStore::batch);
    }

    /** Everybody's that are not over, the oldest first. */
    List<Batch> open() throws SQLException {
        return select(
                BATCHES + "where status in ('IN_PROGRESS', 'CANCELLING') order by created, id",
                statement -> {},
                BatchStore::batch);
    }

    private static Batch batch(ResultSet rows) throws SQLException {
        return new Batch(
                rows.getString(1),
                rows.getString(2),
                rows.getString(3),
                Instant.ofEpochMilli(rows.getLong(4)),
                Instant.ofEpochMilli(rows.getLong(5)),
                rows.getString(6),
                rows.getString(7),
                Batch.Status.valueOf(rows.getString(8)),
                JsonView.parse(rows.getString(9)).toTree());
    }

    /** Writes what came of a line; what was written before stays. */
    void result(String batch, int line, int status, String text) throws SQLException {
        update(
                "insert into result (batch, line, status, text) values (?, ?, ?, ?) on conflict do nothing",
                statement -> {
                    statement.setString(1, batch);
                    statement.setLong(2, line);
                    statement.setLong(3, status);
                    statement.setString(4, text);
                });
    }

    /** Numbers of the lines that are answered. */
    Set<Integer> answered(String batch) throws SQLException {
        return new HashSet<>(select(
                "select line from result where batch = ?",
                statement -> statement.setString(1, batch),
                rows -> rows.getInt(1)));
    }

    /** How many lines came out well, or not. */
    long count(String batch, boolean wells) throws SQLException {
        return select(
                        "select count(*) from result where batch = ? and status " + (wells ? "=" : "<>") + " 200",
                        statement -> statement.setString(1, batch),
                        rows -> rows.getLong(1))
                .get(0);
    }

    /** What came of the lines that came out well, or of the others, in their order. */
    String results(String batch, boolean wells) throws SQLException {
        var text = new StringBuilder();
        select(
                        "select text from result where batch = ? and status " + (wells ? "=" : "<>")
                                + " 200 order by line",
                        statement -> statement.setString(1, batch),
                        rows -> rows.getString(1))
                .forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    void deleteResults(String batch) throws SQLException {
        update("delete from result where batch = ?", statement -> statement.setString(1, batch));
    }
}
