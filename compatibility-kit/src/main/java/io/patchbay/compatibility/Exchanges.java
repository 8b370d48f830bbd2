package io.patchbay.compatibility;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds exchanges. */
final class Exchanges {
    private Exchanges() {}

    /** Those beside the test's classes, and those of the folder that the system property names, each by name. */
    static List<Exchange> all(Class<?> test) {
        var all = new ArrayList<Exchange>(beside(test.getClassLoader().getResource("exchanges")));
        var folder = System.getProperty(AdapterContract.FOLDER, "");
        if (!folder.isEmpty()) {
            all.addAll(in(Path.of(folder)));
        }
        return all;
    }

    private static List<Exchange> beside(@Nullable URL folder) {
        if (folder == null || !folder.getProtocol().equals("file")) {
            return List.of();
        }
        try {
            return in(Path.of(folder.toURI()));
        } catch (URISyntaxException notAPath) {
            throw new IllegalStateException("exchanges beside the classes can't be read: " + folder, notAPath);
        }
    }

    /** Those of a folder, by name. */
    static List<Exchange> in(Path folder) {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(Exchanges::read)
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Exchange read(Path file) {
        try {
            return Exchange.parse(Files.readString(file));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
