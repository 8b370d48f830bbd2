package io.patchbay.database;

import com.zaxxer.hikari.HikariConfig;
import java.sql.Connection;
import java.sql.SQLException;

/** A database that this process alone has, until this is closed or the process ends in whatever way. */
sealed interface Claim extends AutoCloseable permits SqliteClaim, PostgresClaim {
    /** A connection to run scripts with. To be closed. */
    Connection migrating() throws SQLException;

    /**
     * Runs a script of any number of statements, and looks whether what it leaves is consistent in itself.
     *
     * @param connection one for scripts, in a transaction
     */
    void run(String script, Connection connection) throws SQLException;

    /** How a pool makes its connections, now that the tables are up to date. To be called once. */
    HikariConfig pooled() throws SQLException;

    /** Ends all connections, whoever has them, and lets others have the database. Can be called again. */
    @Override
    void close();
}
