package io.patchbay.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what was written from a file's write-ahead log into the file, in a thread of its own: else every so many pages the
 * commit that comes along does it, and whoever waits for that commit waits for tens of milliseconds.
 * See https://sqlite.org/wal.html#avoiding_excessively_large_wal_files.
 */
final class SqliteCheckpoints implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SqliteCheckpoints.class);
    private static final long INTERVAL_MILLIS = 500;
    /** From so many pages of 4 KiB on, the log is begun anew, if there is a moment in which nobody writes or reads. */
    private static final int LONG = 4_000;

    private static final int PATIENCE_MILLIS = 20;
    /** From so many pages on, commits do it: whoever writes without a pause has to wait now and then. */
    static final int TOO_LONG = 5 * LONG;

    private static final int LAST_SECONDS = 5;

    private final DataSource connections;
    private final ScheduledExecutorService timer;
    /** The thread's own. */
    private @Nullable Connection connection;

    SqliteCheckpoints(DataSource connections) {
        this.connections = connections;
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            var thread = new Thread(task, "patchbay-checkpoints");
            thread.setDaemon(true);
            return thread;
        });
        var unused = timer.scheduleWithFixedDelay(this::run, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void run() {
        try {
            var open = connection();
            // This one waits for nobody and keeps nobody waiting, so something is left if others write meanwhile.
            long pages = checkpoint("passive", open);
            if (pages > LONG) {
                Sql.run(open, "pragma busy_timeout = " + PATIENCE_MILLIS);
                checkpoint("restart", open);
            }
        } catch (SQLException failure) {
            if (!timer.isShutdown()) {
                log.debug("The write-ahead log could not be brought into its file; trying again", failure);
            }
        }
    }

    private Connection connection() throws SQLException {
        var open = connection;
        if (open == null || open.isClosed()) {
            open = connections.getConnection();
            connection = open;
        }
        return open;
    }

    /** How many pages the log holds. */
    private static long checkpoint(String kind, Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("pragma wal_checkpoint(" + kind + ")")) {
            return row.next() ? row.getLong("log") : 0;
        }
    }

    /** Waits for the one that is running. The connection is closed with all the others. */
    @Override
    public void close() {
        timer.shutdown();
        try {
            if (!timer.awaitTermination(LAST_SECONDS, TimeUnit.SECONDS)) {
                log.debug("A checkpoint takes long; it is broken off");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
