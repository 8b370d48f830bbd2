package io.patchbay.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Says in a file on which port this gateway listens, for scripts that let the system choose one. */
final class PortFile {
    private final Path file;

    PortFile(Path file) {
        this.file = file.toAbsolutePath();
    }

    /** Whoever reads the file meets the old number or the new one, nothing in between. */
    void write(int port) throws IOException {
        var directory = file.resolveSibling("");
        Files.createDirectories(directory);
        var draft = Files.createTempFile(directory, "http", ".port");
        try {
            Files.writeString(draft, port + "\n");
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
