package io.patchbay.health;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what is known over a restart. Not for ever, and not at any price: what can't be read is forgotten, and whatever
 * was learnt since the last time may be lost in a crash.
 */
final class HealthFile {
    private static final Logger log = LoggerFactory.getLogger(HealthFile.class);

    /** Changes with the format: nobody converts statistics of a day. */
    private static final int FORMAT = 2;

    private final Path file;

    HealthFile(Path file) {
        this.file = file;
    }

    Map<String, Known> read(EjectionPolicy policy) {
        if (!Files.exists(file)) {
            return new ConcurrentHashMap<>();
        }
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            return read(in, policy);
        } catch (IOException | RuntimeException e) {
            log.warn("{} can't be read, so endpoints start without a history", file, e);
            return new ConcurrentHashMap<>();
        }
    }

    private static Map<String, Known> read(DataInputStream in, EjectionPolicy policy) throws IOException {
        var known = new ConcurrentHashMap<String, Known>();
        if (in.readInt() != FORMAT) {
            return known;
        }
        for (int left = in.readInt(); left > 0; left--) {
            known.put(in.readUTF(), Known.read(in, policy));
        }
        return known;
    }

    synchronized void write(Map<String, Known> known) {
        var draft = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (var out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(draft)))) {
                write(Map.copyOf(known), out);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            log.warn("{} can't be written: after a restart endpoints would start without a history", file, e);
        }
    }

    private static void write(Map<String, Known> known, DataOutputStream out) throws IOException {
        out.writeInt(FORMAT);
        out.writeInt(known.size());
        for (var entry : known.entrySet()) {
            out.writeUTF(entry.getKey());
            entry.getValue().write(out);
        }
    }
}
