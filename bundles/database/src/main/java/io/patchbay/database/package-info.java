/**
 * Opens this installation's databases: SQLite files, or schemas of a PostgreSQL server. A bundle of its own so that what
 * is kept in them needs not care which, and that drivers are nobody else's business.
 */
@NullMarked
package io.patchbay.database;

import org.jspecify.annotations.NullMarked;
