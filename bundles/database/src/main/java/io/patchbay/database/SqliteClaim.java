package io.patchbay.database;

import com.zaxxer.hikari.HikariConfig;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;

/** A SQLite file. */
final class SqliteClaim implements Claim {
    private static final Logger log = LoggerFactory.getLogger(SqliteClaim.class);

    private final Path file;
    private final Connection lock;
    private final Duration patience;
    private final SqliteConnections connections;
    private final SqliteCheckpoints checkpoints;

    /** @param lock the connection that holds it */
    SqliteClaim(Path file, Connection lock, Duration patience) {
        this.file = file;
        this.lock = lock;
        this.patience = patience;
        this.connections = new SqliteConnections(file, config(true));
        this.checkpoints = new SqliteCheckpoints(connections);
    }

    /**
     * With foreign keys unchecked, since a table that is made anew under its old name is away for a moment:
     * https://sqlite.org/lang_altertable.html#otheralter. They are checked in the end.
     */
    @Override
    public Connection migrating() throws SQLException {
        return new SqliteConnections(file, config(false)).getConnection();
    }

    @Override
    public void run(String script, Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            // Not execute(): of a text with many statements the driver would run the first.
            statement.executeUpdate(script);
        }
        try (var statement = connection.createStatement();
                var broken = statement.executeQuery("pragma foreign_key_check")) {
            if (broken.next()) {
                throw new SQLException("row %s of %s refers to a row of %s that is not there"
                        .formatted(broken.getString("rowid"), broken.getString("table"), broken.getString("parent")));
            }
        }
    }

    @Override
    public HikariConfig pooled() {
        var config = new HikariConfig();
        config.setDataSource(connections);
        // A connection to a file does not age.
        config.setMaxLifetime(0);
        config.setKeepaliveTime(0);
        return config;
    }

    @Override
    public void close() {
        checkpoints.close();
        connections.close();
        try {
            lock.close();
        } catch (SQLException e) {
            log.warn("{}: its lock can't be given up", file, e);
        }
    }

    private SQLiteConfig config(boolean foreignKeys) {
        var config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        // With WAL, only FULL has a commit on the disk when it returns.
        config.setSynchronous(SynchronousMode.FULL);
        config.enforceForeignKeys(foreignKeys);
        config.setBusyTimeout(Math.toIntExact(patience.toMillis()));
        // A transaction that began by reading is refused the write lock at once, not after waiting, if another one
        // wrote.
        config.setTransactionMode(TransactionMode.IMMEDIATE);
        return config;
    }
}
