package io.patchbay.database;

import com.zaxxer.hikari.HikariConfig;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A schema, had by an advisory lock.
 *
 * <p>One connection can be lost while others live, and a restart of the server ends them all. So each connection of the
 * pool shares in the lock, which nobody else gets as long as one is there; and each opening has a number, so that a
 * process that had lost all of them can't go on beside the one that has opened the database meanwhile.
 */
final class PostgresClaim implements Claim {
    private static final Logger log = LoggerFactory.getLogger(PostgresClaim.class);

    private final DataSource source;
    private final Connection holder;
    private final long lock;

    /**
     * @param holder a connection that has the lock
     * @param lock its number
     */
    PostgresClaim(DataSource source, Connection holder, long lock) {
        this.source = source;
        this.holder = holder;
        this.lock = lock;
    }

    @Override
    public Connection migrating() throws SQLException {
        return source.getConnection();
    }

    @Override
    public void run(String script, Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            // Braces are JSON's or a function's here, not JDBC's.
            statement.setEscapeProcessing(false);
            // Not executeUpdate(): a script may select, to call a function.
            statement.execute(script);
        }
    }

    @Override
    public HikariConfig pooled() throws SQLException {
        Sql.run(holder, "create sequence if not exists patchbay_openings");
        // Set once more to what it is: else it would have jumped ahead when the server comes back from a crash, since
        // it
        // notes on disk only every 32nd of its numbers, in advance.
        long opening = Sql.number(holder, "select setval('patchbay_openings', nextval('patchbay_openings'))");
        share();
        var config = new HikariConfig();
        config.setDataSource(source);
        config.setConnectionInitSql("""
                do $$ begin
                  if not pg_try_advisory_lock_shared(%d) or (select last_value from patchbay_openings) <> %d then
                    raise exception 'another process has opened it since this one lost its connections';
                  end if;
                end $$""".formatted(lock, opening));
        return config;
    }

    private void share() throws SQLException {
        Sql.number(holder, "select 1 from pg_advisory_lock_shared(" + lock + ")");
        Sql.number(holder, "select pg_advisory_unlock(" + lock + ")::int");
    }

    /** The pool has ended its own connections. */
    @Override
    public void close() {
        try {
            holder.close();
        } catch (SQLException e) {
            log.warn("The connection that holds the lock can't be closed", e);
        }
    }
}
