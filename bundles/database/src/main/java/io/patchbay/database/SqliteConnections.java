package io.patchbay.database;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;

/** Makes connections to one file, and can end those that are in use: the driver's {@code abort} does nothing. */
final class SqliteConnections extends SQLiteDataSource implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SqliteConnections.class);

    private final Set<SQLiteConnection> open = ConcurrentHashMap.newKeySet();

    SqliteConnections(Path file, SQLiteConfig config) {
        super(config);
        setUrl("jdbc:sqlite:" + file);
    }

    @Override
    public SQLiteConnection getConnection(String username, String password) throws SQLException {
        open.removeIf(SqliteConnections::isClosed);
        var connection = super.getConnection(username, password);
        open.add(connection);
        // Commits bring the log into the file only if SqliteCheckpoints finds no moment for it.
        Sql.run(connection, "pragma wal_autocheckpoint = " + SqliteCheckpoints.TOO_LONG);
        return connection;
    }

    /** When no more are asked for. A statement that is running is broken off. */
    @Override
    public void close() {
        for (var connection : open) {
            try {
                if (!connection.isClosed()) {
                    connection.getDatabase().interrupt();
                    connection.close();
                }
            } catch (SQLException e) {
                log.warn("A connection to {} can't be closed", getUrl(), e);
            }
        }
    }

    private static boolean isClosed(SQLiteConnection connection) {
        try {
            return connection.isClosed();
        } catch (SQLException unknown) {
            return false;
        }
    }
}
