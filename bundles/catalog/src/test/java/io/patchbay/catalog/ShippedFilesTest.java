package io.patchbay.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** What is shipped in {@code etc/} is right. */
class ShippedFilesTest {
    private static final Path ETC = Path.of("..", "..", "etc");

    @Test
    void everyProviderFileIsRight() throws IOException {
        for (var file : files(ETC, "io.patchbay.provider~*.cfg")) {
            var read = provider(file);
            // What wants no credential would be live at once: a server of one's own, which may not be there.
            assertThat(read.enabled()).as("%s", file).isEqualTo(read.credentialRequired());
            assertThat(file.getFileName()).hasToString("io.patchbay.provider~" + read.name() + ".cfg");
            // And it bills nobody: its models must not be refused for want of a price.
            if (!read.credentialRequired()) {
                assertThat(read.unknownPrice()).as("%s", file).isEqualTo(UnknownPrice.FREE);
            }
        }
    }

    /** A key that is set for one provider must not make another one ready. */
    @Test
    void noTwoProvidersTakeTheirKeyFromOneVariable() throws IOException {
        var taken = new HashSet<String>();
        for (var file : files(ETC, "io.patchbay.provider~*.cfg")) {
            var key = properties(file).getOrDefault("api-key", "");
            assertThat(key.isEmpty() || taken.add(key)).as("%s: %s", file, key).isTrue();
        }
    }

    @Test
    void everyEntryOfTheCatalogueIsRight() throws IOException {
        var problems = new ArrayList<String>();
        int models = 0;
        for (var file : files(ETC.resolve("catalog"), "*.json")) {
            var name = String.valueOf(file.getFileName()).replace(".json", "");
            var read =
                    CatalogueReader.read(name, Files.readString(file), problem -> problems.add(file + ": " + problem));
            assertThat(read.isEmpty()).isFalse();
            models += read.models().size();
        }
        assertThat(problems).isEmpty();
        assertThat(models).isGreaterThan(1_500);
    }

    private static ProviderSettings provider(Path file) throws IOException {
        var name = String.valueOf(file.getFileName())
                .replace("io.patchbay.provider~", "")
                .replace(".cfg", "");
        return ProviderFileReader.read(name, Settings.of(properties(file)));
    }

    private static Map<String, String> properties(Path file) throws IOException {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        var values = new HashMap<String, String>();
        properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
        return values;
    }

    private static List<Path> files(Path folder, String glob) throws IOException {
        var files = new ArrayList<Path>();
        try (var found = Files.newDirectoryStream(folder, glob)) {
            found.forEach(files::add);
        }
        assertThat(files).isNotEmpty();
        return files;
    }
}
