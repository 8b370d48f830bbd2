package io.patchbay.plugin.parser;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A process that reads one PDF after the other. What is said to and fro stands with its program. For one thread, but to kill. */
final class PdfProcess {
    private static final int MOST_BYTES_OF_A_CHARACTER = 4;

    private final Process process;
    private final DataOutputStream files;
    private final DataInputStream readings;
    private long idleSinceNanos;

    private PdfProcess(Process process) {
        this.process = process;
        this.files = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
        this.readings = new DataInputStream(new BufferedInputStream(process.getInputStream()));
    }

    /** Starts one, which knows nothing of what is in our environment. */
    static PdfProcess start(List<String> command, Path folder) throws IOException {
        var builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD);
        // Windows starts nothing without it.
        builder.environment().keySet().removeIf(name -> !name.equalsIgnoreCase("SystemRoot"));
        return new PdfProcess(builder.start());
    }

    /**
     * Reads a file.
     *
     * @throws IOException if the process has died of it
     */
    Pdf read(byte[] pdf, int mostPages, int mostCharacters) throws IOException {
        files.writeInt(mostPages);
        files.writeInt(mostCharacters);
        files.writeInt(pdf.length);
        files.write(pdf);
        files.flush();
        var outcome = readings.readUTF();
        int pages = readings.readInt();
        int length = readings.readInt();
        if (length < 0 || length > (long) mostCharacters * MOST_BYTES_OF_A_CHARACTER) {
            throw new IOException("the process says what it is not to say");
        }
        var text = new byte[length];
        readings.readFully(text);
        return new Pdf(Pdf.Outcome.valueOf(outcome), pages, new String(text, StandardCharsets.UTF_8));
    }

    boolean isAlive() {
        return process.isAlive();
    }

    void kill() {
        process.destroyForcibly();
    }

    void idleSince(long nanos) {
        idleSinceNanos = nanos;
    }

    long idleSince() {
        return idleSinceNanos;
    }
}
