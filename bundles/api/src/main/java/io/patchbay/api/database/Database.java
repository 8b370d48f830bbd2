package io.patchbay.api.database;

import java.sql.Connection;
import java.sql.SQLException;
import org.osgi.annotation.versioning.ProviderType;

/** An open database. What is committed is on disk. For any thread. */
@ProviderType
public interface Database extends AutoCloseable {
    /** Whose SQL it speaks. */
    DatabaseKind kind();

    /**
     * A connection that commits each statement by itself; closing it gives it back. Blocks. With SQLite one connection
     * writes at a time, and others wait for it.
     *
     * @throws SQLException if there is none within seconds
     */
    Connection connect() throws SQLException;

    /** Closes all connections, also those in use. */
    @Override
    void close();
}
