package io.patchbay.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Numbered scripts that bring a database from version to version. Forward only. */
final class Migrations {
    private static final String TABLE =
            "create table if not exists patchbay_versions (version integer primary key, applied_at timestamp not null)";
    private static final String VERSION = "select coalesce(max(version), 0) from patchbay_versions";

    private final List<String> scripts;

    /** @param scripts the first makes version 1 */
    Migrations(List<String> scripts) {
        this.scripts = List.copyOf(scripts);
    }

    /**
     * Runs the scripts that have not run yet.
     *
     * @return how many there were
     * @throws SQLException if one fails, of which nothing is left then, or the database is of a later version
     */
    int run(Claim claim) throws SQLException {
        try (var connection = claim.migrating()) {
            Sql.run(connection, TABLE);
            int before = Math.toIntExact(Sql.number(connection, VERSION));
            if (before > scripts.size()) {
                throw new SQLException("it is of version " + before + ", and this release knows versions up to "
                        + scripts.size() + ": start the release that it is from, or restore a backup from before");
            }
            connection.setAutoCommit(false);
            for (int version = before + 1; version <= scripts.size(); version++) {
                bringTo(version, claim, connection);
            }
            return scripts.size() - before;
        }
    }

    private void bringTo(int version, Claim claim, Connection connection) throws SQLException {
        try {
            claim.run(scripts.get(version - 1), connection);
            Sql.run(connection, "insert into patchbay_versions values (" + version + ", current_timestamp)");
            connection.commit();
        } catch (SQLException failed) {
            connection.rollback();
            throw new SQLException(
                    "the script to version %d fails, and the database is left at version %d: %s"
                            .formatted(version, version - 1, failed.getMessage()),
                    failed);
        }
    }
}
