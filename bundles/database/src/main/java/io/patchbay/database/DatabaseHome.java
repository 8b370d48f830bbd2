package io.patchbay.database;

import io.patchbay.api.database.DatabaseKind;
import java.sql.SQLException;

/** Where databases of one kind are. */
sealed interface DatabaseHome permits SqliteFolder, PostgresServer {
    DatabaseKind kind();

    /**
     * Takes a database, or makes an empty one, for this process alone.
     *
     * @throws SQLException if it can't be reached, or somebody has it
     */
    Claim claim(String name) throws SQLException;
}
