package io.patchbay.database.kit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** One PostgreSQL server for all tests of a process, since each takes seconds to start. */
final class TestServer {
    static final String USER = "postgres";

    private static final EmbeddedPostgres SERVER = start();
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private TestServer() {}

    /** The address of a database that nobody has used. */
    static String freshDatabase() {
        var name = "test" + DATABASES.incrementAndGet();
        try (var connection = SERVER.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("No database can be made", e);
        }
        return "jdbc:postgresql://localhost:" + SERVER.getPort() + '/' + name;
    }

    private static EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.builder()
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .start();
        } catch (IOException | RuntimeException e) {
            throw new IllegalStateException(
                    "These tests need PostgreSQL, which can't be started here. There must be binaries for this machine"
                            + " (database-kit/pom.xml), and it refuses to run as root: then `unshare -U` must work.",
                    e);
        }
    }
}
