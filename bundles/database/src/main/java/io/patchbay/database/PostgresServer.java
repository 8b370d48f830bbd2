package io.patchbay.database;

import io.patchbay.api.catalog.Secret;
import io.patchbay.api.database.DatabaseKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.postgresql.ds.PGSimpleDataSource;

/** Schemas of a PostgreSQL server's database. */
final class PostgresServer implements DatabaseHome {
    private static final long PATIENCE_NANOS = Duration.ofSeconds(2).toNanos();

    private final String url;
    private final String user;
    private final Secret password;
    private final Duration patience;

    /** Does not connect yet. */
    PostgresServer(DatabaseSettings settings) {
        this.url = settings.url();
        this.user = settings.user();
        this.password = settings.password();
        this.patience = settings.patience();
    }

    @Override
    public DatabaseKind kind() {
        return DatabaseKind.POSTGRESQL;
    }

    @Override
    public Claim claim(String name) throws SQLException {
        var source = source(name);
        var connection = source.getConnection();
        try {
            return new PostgresClaim(source, connection, lock(name, connection));
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static long lock(String schema, Connection connection) throws SQLException {
        long lock = Sql.number(connection, "select hashtextextended('patchbay." + schema + "', 0)");
        acquire(lock, schema, connection);
        // Asked first: "if not exists" wants the right to make one even if there is one.
        if (Sql.number(connection, "select count(*) from pg_namespace where nspname = '" + schema + "'") == 0) {
            Sql.run(connection, "create schema \"" + schema + '"');
        }
        return lock;
    }

    /**
     * Tries more than once: the server gives a lock back a moment after whoever had it has closed its connection. Tries,
     * and does not wait in the server: whoever has the lock shares it with its further connections, which would have to
     * wait behind this one.
     */
    private static void acquire(long lock, String schema, Connection connection) throws SQLException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (Sql.number(connection, "select pg_try_advisory_lock(" + lock + ")::int") == 0) {
            if (System.nanoTime() - end > 0) {
                throw new SQLException("the schema " + schema + " is open already, in this process or in another one");
            }
            Sql.number(connection, "select 1 from pg_sleep(0.02)");
        }
    }

    private PGSimpleDataSource source(String schema) {
        var source = new PGSimpleDataSource();
        source.setUrl(url);
        if (!user.isEmpty()) {
            source.setUser(user);
        }
        if (!password.reveal().isEmpty()) {
            source.setPassword(password.reveal());
        }
        source.setLoginTimeout(Math.toIntExact(patience.plusMillis(999).toSeconds()));
        source.setCurrentSchema('"' + schema + '"');
        source.setApplicationName("patchbay " + schema);
        // Else a server that is gone for good would never be noticed by a connection that waits.
        source.setTcpKeepAlive(true);
        return source;
    }
}
