package io.patchbay.database;

import static io.patchbay.database.DatabasesServiceTest.number;
import static io.patchbay.database.DatabasesServiceTest.run;
import static io.patchbay.database.DatabasesServiceTest.scripts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteFolderTest {
    private static final String FAMILY = "create table parent (id integer primary key);"
            + " create table child (id integer primary key, parent integer not null references parent);"
            + " insert into parent values (1); insert into child values (1, 1)";

    @TempDir
    Path data;

    @Test
    void filesAreTheirOwnersAlone() throws Exception {
        var folder = data.resolve("deep/db");
        try (var database = service(folder).open("family", scripts(FAMILY))) {
            run(database, "insert into parent values (2)");

            assertThat(permissions(folder)).isEqualTo("rwx------");
            assertThat(names(folder)).contains("family.db", "family.db-wal", "family.lock");
            for (var name : names(folder)) {
                assertThat(permissions(folder.resolve(name))).as(name).isEqualTo("rw-------");
            }
        }
        // What is closed is one file that can be copied.
        assertThat(names(folder)).containsExactly("family.db", "family.lock");
    }

    @Test
    void theLogIsBroughtIntoTheFileAndBegunAnewWhileOthersWrite() throws Exception {
        var log = data.resolve("pages.db-wal");
        try (var database =
                service(data).open("pages", scripts("create table page (id integer primary key, text blob)"))) {
            long rows = 0;
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            do {
                assertThat(System.nanoTime()).as("the log is begun anew").isLessThan(end);
                run(database, "insert into page values (" + ++rows + ", zeroblob(400000))");
            } while (timesBegun(log) == 0);

            assertThat(Files.size(data.resolve("pages.db"))).isGreaterThan(4_000 * 4_096);
            try (var connection = database.connect()) {
                assertThat(Sql.number(connection, "select count(*) from page")).isEqualTo(rows);
            }
        }
    }

    /** The checkpoint sequence number: https://sqlite.org/fileformat2.html#walformat. */
    private static int timesBegun(Path log) throws IOException {
        var header = ByteBuffer.allocate(16);
        try (var file = FileChannel.open(log)) {
            return file.read(header) < header.capacity() ? 0 : header.getInt(12);
        }
    }

    @Test
    void everyConnectionIsDurableAndChecksForeignKeys() throws SQLException {
        try (var database = service(data).open("family", scripts(FAMILY));
                var first = database.connect();
                var second = database.connect()) {
            for (var connection : List.of(first, second)) {
                // 2 is FULL.
                assertThat(Sql.number(connection, "pragma synchronous")).isEqualTo(2);
                assertThat(Sql.number(connection, "pragma foreign_keys")).isEqualTo(1);
                assertThat(Sql.number(connection, "pragma busy_timeout")).isEqualTo(5_000);
                try (var statement = connection.createStatement();
                        var mode = statement.executeQuery("pragma journal_mode")) {
                    assertThat(mode.getString(1)).isEqualTo("wal");
                }
            }
            assertThatThrownBy(() -> run(database, "delete from parent")).isInstanceOf(SQLException.class);
        }
    }

    /** As https://sqlite.org/lang_altertable.html#otheralter has it. */
    @Test
    void aScriptCanMakeATableAnewThatOthersReferTo() throws SQLException {
        var anew = "create table fresh (id integer primary key, name text not null default '');"
                + " insert into fresh (id) select id from parent; drop table parent; alter table fresh rename to parent";

        try (var database = service(data).open("family", scripts(FAMILY, anew))) {
            assertThat(number(database, "select count(*) from parent join child on parent = parent.id where name = ''"))
                    .isEqualTo(1);
        }
    }

    @Test
    void refusesAScriptThatLeavesReferencesToNothing() throws SQLException {
        assertThatThrownBy(() -> service(data).open("family", scripts(FAMILY, "delete from parent")))
                .isInstanceOf(SQLException.class)
                .hasMessageContainingAll("version 2", "row 1 of child", "parent");

        try (var database = service(data).open("family", scripts(FAMILY))) {
            assertThat(number(database, "select count(*) from parent")).isEqualTo(1);
        }
    }

    @Test
    void refusesWhatIsNoDatabase() throws IOException {
        Files.writeString(
                data.resolve("family.db"), "This is no database, and longer than a header would be. ".repeat(9));

        assertThatThrownBy(() -> service(data).open("family", scripts(FAMILY)))
                .isInstanceOf(SQLException.class)
                .hasMessageContainingAll("Database family", "not a database");
    }

    @Test
    void saysWhichFileItCantMake() throws IOException {
        var file = Files.createFile(data.resolve("file"));

        assertThatThrownBy(() -> service(file).open("family", scripts(FAMILY)))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining(file.resolve("family.db").toString());
    }

    private static DatabasesService service(Path folder) {
        return new DatabasesService(DatabaseSettings.of(folder, "", ""));
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
