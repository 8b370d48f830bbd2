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
     * A connection that commits each statement by itself; closing it gives it back, and undoes what is not committed.
     * Blocks.
     *
     * <p>With SQLite one connection writes at a time, and others wait for it, for seconds at the most. A transaction
     * ({@code setAutoCommit(false)}) has its turn from its first statement on, also if that only reads, and until it is
     * committed or rolled back: no longer than needed.
     *
     * @throws SQLException if there is none within seconds, or this is closed
     */
    Connection connect() throws SQLException;

    /** Ends all connections, also those in use, and lets others open it. Further calls do nothing. */
    @Override
    void close();
}
