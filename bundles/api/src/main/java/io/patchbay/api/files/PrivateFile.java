package io.patchbay.api.files;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes files that only their owner may read: whole or not at all, and on the disk when it returns. For any thread. */
public final class PrivateFile {
    private PrivateFile() {}

    /** Writes a file in the place of the one that is there; makes its folder if there is none. */
    public static void write(Path file, byte[] content) throws IOException {
        var folder = requireNonNull(file.toAbsolutePath().getParent(), "folder");
        // Asked first because createDirectories refuses a link to a folder.
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
        }
        // A temporary file is its owner's alone from the first moment on.
        var fresh = Files.createTempFile(folder, file.getFileName() + ".", ".tmp");
        try {
            try (var channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                var rest = ByteBuffer.wrap(content);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            forceName(folder);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /** Makes the move itself durable, where folders can be opened; where they can't, the file system sees to it. */
    private static void forceName(Path folder) throws IOException {
        if (!folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
