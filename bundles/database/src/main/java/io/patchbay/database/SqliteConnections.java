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

    /**
     * How long the write-ahead log grows, in pages of 4 KiB, before it is brought into the file. The longer, the fewer times
     * a page that changes with every commit is written there.
     */
    private static final int WAL_PAGES = 4_000;

    private final Set<SQLiteConnection> open = ConcurrentHashMap.newKeySet();

    SqliteConnections(Path file, SQLiteConfig config) {
        super(config);
        setUrl("jdbc:sqlite:" + file);
    }

    @Override
    public SQLiteConnection getConnection(String username, String password) throws SQLException {
        open.removeIf(SqliteConnections::isClosed);
        var connection = super.getConnection(username, password);
        Sql.run(connection, "pragma wal_autocheckpoint = " + WAL_PAGES);
        open.add(connection);
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
