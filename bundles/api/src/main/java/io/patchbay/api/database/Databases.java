package io.patchbay.api.database;

import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.osgi.annotation.versioning.ProviderType;

/** Opens this installation's databases. What it has opened is closed when it goes. For any thread. */
@ProviderType
public interface Databases {
    /**
     * Opens a database, or makes it, and brings its tables up to date: scripts that ran before are not run again. It is
     * open once at a time, in all processes. Blocks.
     *
     * @param name lower-case letters and underscores, 63 at the most; each name is a database (or schema) of its own
     * @param scripts by kind, SQL scripts of which the first makes the first version's tables and each later one brings
     *     them a version further. A script has any number of statements and runs whole or not at all, so none of them
     *     may begin or end a transaction. With SQLite, foreign keys are checked when it has run, and not meanwhile: no
     *     cascades
     * @throws SQLException if it can't be opened, is open already, is of a later version than the scripts know, or a
     *     script fails; the message is for the operator
     * @throws IllegalArgumentException if the name is none
     */
    Database open(String name, Function<DatabaseKind, List<String>> scripts) throws SQLException;
}
