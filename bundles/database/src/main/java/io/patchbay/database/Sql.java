package io.patchbay.database;

import java.sql.Connection;
import java.sql.SQLException;

/** Single statements. */
final class Sql {
    private Sql() {}

    /** Runs one that answers nothing. */
    static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    /** The one number that a query answers. */
    static long number(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
