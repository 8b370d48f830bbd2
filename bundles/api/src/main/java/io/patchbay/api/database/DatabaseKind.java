package io.patchbay.api.database;

/** Whose SQL a database speaks. */
public enum DatabaseKind {
    /** Embedded, in a file. */
    SQLITE,
    /** A PostgreSQL server. */
    POSTGRESQL
}
