package io.patchbay.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the operator sets. */
class ConfigTest {
    private static final String URL = "jdbc:postgresql://host/db";

    @TempDir
    Path data;

    @Test
    void filesAreInTheDataFolderUnlessSaidOtherwise() {
        assertThat(settings(new Given("db", "", "", "", 8, 5_000)).folder()).isEqualTo(data.resolve("db"));
        assertThat(settings(new Given("/var/db", "", "", "", 8, 5_000)).folder())
                .isEqualTo(Path.of("/var/db"));
    }

    @Test
    void thePasswordIsTheOneThatIsSetElseTheFilesFirstLine() throws IOException {
        Files.writeString(data.resolve("secret"), "from the file\n");

        assertThat(settings(new Given("db", URL, "set", "secret", 8, 5_000))
                        .password()
                        .reveal())
                .isEqualTo("set");
        assertThat(settings(new Given("db", URL, "", "secret", 8, 5_000))
                        .password()
                        .reveal())
                .isEqualTo("from the file");
        assertThatThrownBy(() -> settings(new Given("db", URL, "", "missing", 8, 5_000)))
                .hasMessageContaining("password-file");
    }

    @Test
    void saysWhichValueIsWrong() {
        refuses(new Given("db", "mysql://host/db", "", "", 8, 5_000), "url");
        refuses(new Given("db", "", "", "", 0, 5_000), "connections");
        refuses(new Given("db", "", "", "", 8, 0), "wait-millis");
        refuses(new Given("db", "", "", "", 8, 3_600_000), "wait-millis");
    }

    @Test
    void theShippedFileExplainsEveryKey() throws IOException {
        var shipped = Files.readString(Path.of("..", "..", "etc", "io.patchbay.database.cfg"));
        var explained = Pattern.compile("(?m)^#?([.a-z-]+) =")
                .matcher(shipped)
                .results()
                .map(found -> found.group(1));

        assertThat(explained)
                .containsExactlyInAnyOrderElementsOf(Stream.of(DatabasesService.Config.class.getDeclaredMethods())
                        .map(key -> key.getName().replace("$_$", "-").replace('_', '.'))
                        .toList());
    }

    private void refuses(Given given, String key) {
        assertThatIllegalArgumentException().isThrownBy(() -> settings(given)).withMessageStartingWith(key);
    }

    private DatabaseSettings settings(Given given) {
        return DatabasesService.settings(given, data);
    }

    private record Given(
            String folder, String url, String _password, String password$_$file, int connections, int wait$_$millis)
            implements DatabasesService.Config {
        @Override
        public String user() {
            return "";
        }

        @Override
        public Class<? extends Annotation> annotationType() {
            return DatabasesService.Config.class;
        }
    }
}
