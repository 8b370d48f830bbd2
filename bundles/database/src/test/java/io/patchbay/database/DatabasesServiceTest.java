package io.patchbay.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.patchbay.api.catalog.Secret;
import io.patchbay.api.database.Database;
import io.patchbay.api.database.DatabaseKind;
import io.patchbay.database.kit.DatabasePlace;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for databases of both kinds. */
class DatabasesServiceTest {
    private static final String NOTES = "create table note (id integer primary key, text text not null);"
            + " insert into note values (1, 'first; of all')";

    @TempDir
    Path folder;

    private final List<DatabasesService> services = new ArrayList<>();

    @AfterEach
    void stop() {
        services.forEach(DatabasesService::close);
    }

    @ParameterizedTest
    @EnumSource
    void keepsWhatWasCommitted(DatabaseKind kind) throws SQLException {
        var place = DatabasePlace.fresh(kind, folder);
        try (var database = service(place).open("notes", scripts(NOTES))) {
            run(database, "insert into note values (2, 'second')");
        }

        var again = service(place).open("notes", scripts(NOTES));

        assertThat(again.kind()).isEqualTo(kind);
        assertThat(texts(again)).containsExactly("first; of all", "second");
    }

    @ParameterizedTest
    @EnumSource
    void bringsWhatIsThereToTheNextVersions(DatabaseKind kind) throws SQLException {
        var place = DatabasePlace.fresh(kind, folder);
        service(place).open("notes", scripts(NOTES)).close();

        var database = service(place)
                .open(
                        "notes",
                        scripts(
                                NOTES,
                                "alter table note add column author text",
                                "update note set text = text || '!', author = '{\"name\": \"?\"}'"));

        assertThat(texts(database)).containsExactly("first; of all!");
        assertThat(number(database, "select count(*) from note where author = '{\"name\": \"?\"}'"))
                .isEqualTo(1);
        assertThat(number(database, "select max(version) from patchbay_versions"))
                .isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void leavesTheVersionBeforeWholeWhenAScriptFails(DatabaseKind kind) throws SQLException {
        var place = DatabasePlace.fresh(kind, folder);
        var wrong = "alter table note add column author text; delete from note; insert into nowhere values (1)";
        service(place).open("notes", scripts(NOTES)).close();

        assertThatThrownBy(() -> service(place).open("notes", scripts(NOTES, wrong)))
                .isInstanceOf(SQLException.class)
                .hasMessageContainingAll("Database notes", "script to version 2", "left at version 1", "nowhere");

        var database = service(place).open("notes", scripts(NOTES));
        assertThat(texts(database)).containsExactly("first; of all");
        assertThatThrownBy(() -> number(database, "select count(author) from note"))
                .isInstanceOf(SQLException.class);
    }

    @ParameterizedTest
    @EnumSource
    void runsScriptsWithSemicolonsInside(DatabaseKind kind) throws SQLException {
        var counted = switch (kind) {
            case SQLITE -> """
                        create table total (notes integer not null);
                        insert into total select count(*) from note; -- So far; more will come.
                        create trigger counted after insert on note begin
                          update total set notes = notes + 1;
                          update note set text = text || ';' where id = new.id;
                        end;
                        """;
            case POSTGRESQL -> """
                        create table total (notes integer not null);
                        insert into total select count(*) from note; -- So far; more will come.
                        create function counted() returns trigger language plpgsql as $$ begin
                          update total set notes = notes + 1;
                          update note set text = text || ';' where id = new.id;
                          return null;
                        end $$;
                        create trigger counted after insert on note for each row execute function counted();
                        select set_config('patchbay.note', 'a function that is called', true);
                        """;
        };
        var database = service(DatabasePlace.fresh(kind, folder)).open("notes", scripts(NOTES, counted));

        run(database, "insert into note values (2, 'second')");

        assertThat(texts(database)).containsExactly("first; of all", "second;");
        assertThat(number(database, "select notes from total")).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void refusesALaterVersion(DatabaseKind kind) throws SQLException {
        var place = DatabasePlace.fresh(kind, folder);
        service(place)
                .open("notes", scripts(NOTES, "alter table note add column author text"))
                .close();

        assertThatThrownBy(() -> service(place).open("notes", scripts(NOTES)))
                .isInstanceOf(SQLException.class)
                .hasMessageContainingAll("Database notes", "is of version 2", "up to 1");
    }

    @ParameterizedTest
    @EnumSource
    void keepsNamesApart(DatabaseKind kind) throws SQLException {
        var service = service(DatabasePlace.fresh(kind, folder));
        var notes = service.open("notes", scripts(NOTES));
        var others = service.open("other_notes", scripts(NOTES));

        run(others, "delete from note");

        assertThat(texts(others)).isEmpty();
        assertThat(texts(notes)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void opensADatabaseOnceAtATime(DatabaseKind kind) throws SQLException {
        var place = DatabasePlace.fresh(kind, folder);
        var service = service(place);
        var first = service.open("notes", scripts(NOTES));

        for (var other : List.of(service, service(place))) {
            assertThatThrownBy(() -> other.open("notes", scripts(NOTES)))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContainingAll("Database notes", "notes", "is open already");
        }

        assertThat(texts(first)).hasSize(1);
        first.close();
        assertThat(texts(service(place).open("notes", scripts(NOTES)))).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void writersWaitForEachOther(DatabaseKind kind) throws Exception {
        var database = service(DatabasePlace.fresh(kind, folder)).open("notes", scripts(NOTES));
        var writers = Executors.newFixedThreadPool(4);
        Callable<Void> add = () -> {
            for (int i = 0; i < 25; i++) {
                addNote(database);
            }
            return null;
        };

        for (var written : writers.invokeAll(List.of(add, add, add, add))) {
            written.get();
        }

        writers.shutdown();
        assertThat(number(database, "select count(*) from note")).isEqualTo(101);
    }

    @ParameterizedTest
    @EnumSource
    void givesUpWhenAllConnectionsAreInUse(DatabaseKind kind) throws SQLException {
        var place = DatabasePlace.fresh(kind, folder);
        var database = service(new DatabaseSettings(
                        folder, place.url(), place.user(), Secret.of(""), 1, Duration.ofMillis(300)))
                .open("notes", scripts(NOTES));
        try (var only = database.connect()) {
            assertThat(only.getAutoCommit()).isTrue();

            assertThatThrownBy(database::connect)
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("notes");
        }
        assertThat(texts(database)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void closesWhatIsInUse(DatabaseKind kind) throws SQLException {
        var place = DatabasePlace.fresh(kind, folder);
        var service = service(place);
        var database = service.open("notes", scripts(NOTES));
        var used = database.connect();
        used.setAutoCommit(false);
        used.createStatement().executeUpdate("delete from note");

        service.close();

        assertThatThrownBy(() -> used.createStatement().executeUpdate("delete from note"))
                .isInstanceOf(SQLException.class);
        assertThatThrownBy(database::connect).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> service.open("notes", scripts(NOTES)))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("stopped");
        database.close();
        assertThat(texts(service(place).open("notes", scripts(NOTES)))).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void closingBreaksOffWhatIsRunning(DatabaseKind kind) throws Exception {
        var database = service(DatabasePlace.fresh(kind, folder)).open("notes", scripts(NOTES));
        var worker = Executors.newSingleThreadExecutor();
        var running = new CountDownLatch(1);
        var endless = worker.submit(() -> {
            try (var connection = database.connect();
                    var statement = connection.createStatement()) {
                running.countDown();
                statement.executeQuery("with recursive n(i) as (select 1 union all select i + 1 from n where i > 0)"
                        + " select max(i % 2) from n");
            }
            return null;
        });
        running.await();

        database.close();

        worker.shutdown();
        assertThat(worker.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(endless::get).hasCauseInstanceOf(SQLException.class);
    }

    @ParameterizedTest
    @EnumSource
    void refusesAnotherProcessUntilThisOneDies(DatabaseKind kind) throws Exception {
        var place = DatabasePlace.fresh(kind, folder);
        try (var other = OtherProcess.opening("notes", place)) {
            assertThat(other.answer()).isEqualTo("open");
            assertThatThrownBy(() -> service(place).open("notes", scripts(NOTES)))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("is open already");
            // A vain attempt must not have ended the lock.
            try (var third = OtherProcess.opening("notes", place)) {
                assertThat(third.answer()).contains("is open already");
            }
            other.kill();
        }

        // A server takes a moment to see that a client is gone.
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            while (true) {
                try {
                    assertThat(texts(service(place).open("notes", scripts(NOTES))))
                            .hasSize(1);
                    return;
                } catch (SQLException e) {
                    assertThat(e.getMessage()).contains("is open already");
                }
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void isNotTakenByAnotherProcessAfterAVainAttemptOfItsOwn(DatabaseKind kind) throws Exception {
        var place = DatabasePlace.fresh(kind, folder);
        service(place).open("notes", scripts(NOTES));
        assertThatThrownBy(() -> service(place).open("notes", scripts(NOTES))).isInstanceOf(SQLException.class);

        try (var other = OtherProcess.opening("notes", place)) {
            assertThat(other.answer()).contains("is open already");
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesNamesThatAreNone(DatabaseKind kind) {
        var service = service(DatabasePlace.fresh(kind, folder));

        for (var name : List.of("", "../notes", "Notes", "no\"te", "notes2", "n".repeat(64))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> service.open(name, scripts()))
                    .withMessageContaining(name);
        }
    }

    /** Committed or not, each writes in a transaction of its own that has read before. */
    private static void addNote(Database database) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            if (database.kind() == DatabaseKind.POSTGRESQL) {
                statement.execute("lock table note");
            }
            try (var rows = statement.executeQuery("select max(id) from note")) {
                rows.next();
                int next = rows.getInt(1) + 1;
                statement.executeUpdate("insert into note values (" + next + ", 'one more')");
            }
            connection.commit();
        }
    }

    private DatabasesService service(DatabasePlace place) {
        return service(DatabaseSettings.of(place.folder(), place.url(), place.user()));
    }

    private DatabasesService service(DatabaseSettings settings) {
        var service = new DatabasesService(settings);
        services.add(service);
        return service;
    }

    static Function<DatabaseKind, List<String>> scripts(String... scripts) {
        return kind -> List.of(scripts);
    }

    static void run(Database database, String sql) throws SQLException {
        try (var connection = database.connect()) {
            Sql.run(connection, sql);
        }
    }

    static long number(Database database, String query) throws SQLException {
        try (var connection = database.connect()) {
            return Sql.number(connection, query);
        }
    }

    private static List<String> texts(Database database) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select text from note order by id")) {
            var texts = new ArrayList<String>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }
}
