package io.patchbay.api.database;

import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.osgi.annotation.versioning.ProviderType;

/** Opens this installation's databases. For any thread. */
@ProviderType
public interface Databases {
    /**
     * Opens a database, or makes it, and brings its tables up to date: scripts that ran before are not run again. One
     * process has it at a time. Blocks.
     *
     * @param name lower-case letters and underscores; each name is a database (or schema) of its own
     * @param scripts by kind, SQL scripts of which the first makes the first version's tables and each later one brings
     *     them a version further; a script runs whole or not at all
     * @throws SQLException if it can't be opened, is in use by another process, is of a later version than the scripts
     *     know, or a script fails; the message is for the operator
     */
    Database open(String name, Function<DatabaseKind, List<String>> scripts) throws SQLException;
}
