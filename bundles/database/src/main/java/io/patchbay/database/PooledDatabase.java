package io.patchbay.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.patchbay.api.database.Database;
import io.patchbay.api.database.DatabaseKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.function.Consumer;

/** A database whose tables are up to date. */
final class PooledDatabase implements Database {
    private final DatabaseKind kind;
    private final Claim claim;
    private final HikariDataSource pool;
    private final Consumer<PooledDatabase> onClose;

    /**
     * @param pooled how connections are made, and how many
     * @param onClose told when it is closed, each time
     */
    PooledDatabase(DatabaseKind kind, Claim claim, HikariConfig pooled, Consumer<PooledDatabase> onClose) {
        this.kind = kind;
        this.claim = claim;
        this.pool = new HikariDataSource(pooled);
        this.onClose = onClose;
    }

    @Override
    public DatabaseKind kind() {
        return kind;
    }

    @Override
    public Connection connect() throws SQLException {
        try {
            return pool.getConnection();
        } catch (SQLTransientConnectionException none) {
            // The pool says that time is up, and only its cause says why.
            var cause = none.getCause();
            throw cause == null
                    ? none
                    : new SQLTransientConnectionException(none.getMessage() + ": " + cause.getMessage(), none);
        }
    }

    @Override
    public void close() {
        pool.close();
        claim.close();
        onClose.accept(this);
    }
}
