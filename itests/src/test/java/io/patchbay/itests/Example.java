package io.patchbay.itests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is in {@code examples/}, as it was built. */
final class Example {
    private Example() {}

    /** The bundle of this name. */
    static Path jar(String name) throws IOException {
        try (var files = Files.list(Path.of("../examples/" + name + "/target"))) {
            return files.filter(file -> file.getFileName().toString().matches(name + "-[^a-z]*(SNAPSHOT)?\\.jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
