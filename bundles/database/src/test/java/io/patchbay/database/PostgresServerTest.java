package io.patchbay.database;

import static io.patchbay.database.DatabasesServiceTest.number;
import static io.patchbay.database.DatabasesServiceTest.run;
import static io.patchbay.database.DatabasesServiceTest.scripts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.api.catalog.Secret;
import io.patchbay.api.database.DatabaseKind;
import io.patchbay.database.kit.DatabasePlace;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {
    private static final String NOTES = "create table note (id integer primary key)";

    @TempDir
    Path folder;

    private DatabasePlace place;
    private DatabasesService service;
    private DatabasesService other;
    private Connection operator;

    @BeforeEach
    void start() throws SQLException {
        place = DatabasePlace.fresh(DatabaseKind.POSTGRESQL, folder);
        service = service(place.user(), "");
        other = service(place.user(), "");
        operator = DriverManager.getConnection(place.url(), place.user(), "");
    }

    @AfterEach
    void stop() throws SQLException {
        service.close();
        other.close();
        operator.close();
    }

    @Test
    void eachDatabaseIsASchema() throws SQLException {
        var database = service.open("user", scripts(NOTES));

        run(database, "insert into note values (1)");

        assertThat(Sql.number(operator, "select count(*) from \"user\".note")).isEqualTo(1);
    }

    @Test
    void aSchemaThatIsThereNeedsNoRightToMakeOne() throws SQLException {
        Sql.run(operator, "create role guest login");
        try {
            Sql.run(operator, "create schema notes authorization guest");

            try (var database = service("guest", "").open("notes", scripts(NOTES))) {
                assertThat(number(database, "select count(*) from note")).isZero();
            }
        } finally {
            Sql.run(operator, "drop owned by guest");
            Sql.run(operator, "drop role guest");
        }
    }

    @Test
    void outlivesTheLossOfItsConnections() throws SQLException {
        var database = service.open("notes", scripts(NOTES));
        try (var used = database.connect()) {
            endAllConnections();
            assertThatThrownBy(() -> Sql.run(used, "delete from note")).isInstanceOf(SQLException.class);
        }

        assertThat(number(database, "select count(*) from note")).isZero();
        assertThatThrownBy(() -> other.open("notes", scripts(NOTES)))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("is open already");
    }

    @Test
    void outlivesACrashOfTheServer() throws SQLException {
        commitToDisk();
        var database = service.open("notes", scripts(NOTES));
        run(database, "insert into note values (1)");
        try (var used = database.connect()) {
            crashServer();
            assertThatThrownBy(() -> Sql.run(used, "delete from note")).isInstanceOf(SQLException.class);
        }

        assertThat(number(database, "select count(*) from note")).isEqualTo(1);
    }

    @Test
    void staysLockedByTheOtherConnectionsWhenOneIsLost() throws SQLException {
        var database = service.open("notes", scripts(NOTES));
        try (var used = database.connect()) {
            long kept = Sql.number(used, "select pg_backend_pid()");
            endConnections("pid <> " + kept);

            assertThatThrownBy(() -> other.open("notes", scripts(NOTES)))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("is open already");
        }
    }

    @Test
    void isNoLongerUsableWhenAnotherProcessHasOpenedItMeanwhile() throws SQLException {
        var database = service.open("notes", scripts(NOTES));
        try (var used = database.connect()) {
            endAllConnections();
            // In use to the end, so that the pool has made no new one meanwhile.
            var taken = other.open("notes", scripts(NOTES));
            assertThatThrownBy(() -> Sql.run(used, "delete from note")).isInstanceOf(SQLException.class);

            assertThatThrownBy(database::connect)
                    .isInstanceOf(SQLException.class)
                    .hasMessageContainingAll("notes", "another process has opened it");
            assertThat(number(taken, "select count(*) from note")).isZero();
        }
    }

    @Test
    void saysWhenTheServerIsNotThereOrRefuses() {
        var nowhere = new DatabasesService(DatabaseSettings.of(folder, "jdbc:postgresql://localhost:1/none", "nobody"));

        assertThatThrownBy(() -> nowhere.open("notes", scripts(NOTES)))
                .isInstanceOf(SQLException.class)
                .hasMessageContainingAll("Database notes", "localhost:1");
        assertThatThrownBy(() -> service("stranger", "hidden-password").open("notes", scripts(NOTES)))
                .isInstanceOf(SQLException.class)
                .hasMessageContainingAll("Database notes", "stranger")
                .hasMessageNotContaining("hidden-password");
    }

    @Test
    void refusesAMalformedAddressWithoutRepeatingIt() {
        for (var url : new String[] {
            "jdbc:postgresql://host:port/db?password=hidden", "postgresql://user:hidden@host/db", "jdbc:mysql://hidden"
        }) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new DatabasesService(DatabaseSettings.of(folder, url, "")))
                    .withMessageStartingWith("url must be")
                    .withMessageNotContaining("hidden")
                    .withNoCause();
        }
    }

    /** With one connection in its pool, so that a test knows which. */
    private DatabasesService service(String user, String password) {
        return new DatabasesService(
                new DatabaseSettings(folder, place.url(), user, Secret.of(password), 1, Duration.ofSeconds(2)));
    }

    private void endAllConnections() throws SQLException {
        endConnections("true");
    }

    /** As servers do, and the one for tests does not. */
    private void commitToDisk() throws SQLException {
        Sql.run(operator, """
                do $$ begin
                  execute format('alter database %I set synchronous_commit = on', current_database());
                end $$""");
    }

    /** The server ends all of its processes when one of them is killed, and begins again from what is on disk. */
    private void crashServer() throws SQLException {
        long victim = Sql.number(operator, "select pg_backend_pid()");
        ProcessHandle.of(victim).orElseThrow().destroyForcibly();
        var deadline = Instant.now().plusSeconds(30);
        while (!operator.isValid(1)) {
            try {
                operator = DriverManager.getConnection(place.url(), place.user(), "");
            } catch (SQLException notYet) {
                if (Instant.now().isAfter(deadline)) {
                    throw notYet;
                }
            }
        }
    }

    /** Ends connections of Patchbay's and waits until they are gone. */
    private void endConnections(String which) throws SQLException {
        Sql.number(
                operator,
                "select count(pg_terminate_backend(pid, 10000)) from pg_stat_activity"
                        + " where datname = current_database() and application_name like 'patchbay%' and " + which);
    }
}
