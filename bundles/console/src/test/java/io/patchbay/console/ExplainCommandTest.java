package io.patchbay.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.karaf.shell.support.CommandException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainCommandTest {
    private final Screen screen = new Screen();
    private final ExplainCommand command = new ExplainCommand();

    @TempDir
    Path folder;

    @Test
    void aFileWithoutJsonIsRefusedInOneLine() throws Exception {
        var file = Files.writeString(folder.resolve("request.json"), "model: m/one");

        assertThatThrownBy(() -> explain(file.toString()))
                .isInstanceOfSatisfying(
                        CommandException.class,
                        refusal ->
                                assertThat(refusal.getNiceHelp()).isEqualTo("\"" + file + "\" holds no JSON object."));
    }

    @Test
    void aMissingPartIsNamed() {
        assertThatThrownBy(() -> explain("m/one")).hasMessageContaining("io.patchbay.gateway");
        assertThatThrownBy(() -> explain("gen-1")).hasMessageContaining("io.patchbay.generations");
        assertThat(screen.text()).isEmpty();
    }

    private void explain(String what) throws CommandException {
        command.what = what;
        command.print(screen.out());
    }
}
