package io.patchbay.database;

import io.patchbay.database.kit.DatabasePlace;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** Another process that opens a database, says how it went, and keeps it. */
final class OtherProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    private OtherProcess(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    static OtherProcess opening(String name, DatabasePlace place) throws IOException {
        return new OtherProcess(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        // Where it leaves SQLite's library when it is killed.
                        "-Djava.io.tmpdir=" + place.folder(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherProcess.class.getName(),
                        name,
                        place.folder().toString(),
                        place.url(),
                        place.user())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /** The other process itself. */
    public static void main(String[] args) throws IOException {
        try {
            new DatabasesService(DatabaseSettings.of(Path.of(args[1]), args[2], args[3]))
                    .open(args[0], kind -> List.of());
            System.out.println("open");
        } catch (SQLException e) {
            System.out.println(e.getMessage());
        }
        System.in.read();
        // Whatever is open is not closed: the end of the process has to do.
        Runtime.getRuntime().halt(1);
    }

    /** "open", or why not. Waits for it. */
    String answer() throws IOException {
        return String.valueOf(output.readLine());
    }

    /** Ends it without warning. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
