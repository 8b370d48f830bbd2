package io.patchbay.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.api.access.ApiKey;
import io.patchbay.api.access.ApiKey.Purpose;
import org.apache.karaf.shell.support.CommandException;
import org.junit.jupiter.api.Test;

class KeyCreateCommandTest {
    private final FakeAccess access = new FakeAccess();
    private final Screen screen = new Screen();
    private final KeyCreateCommand command = new KeyCreateCommand();

    KeyCreateCommandTest() {
        command.keys = access;
        command.accounts = access;
        command.name = "phone";
    }

    @Test
    void printsTheSecretOnALineOfItsOwnAndOnce() throws CommandException {
        command.print(screen.out());

        assertThat(screen.lines().get(0)).isEqualTo("secret-of-phone");
        assertThat(screen.text()).containsOnlyOnce("secret-of-phone").contains("can't be shown again", "Bearer");
        assertThat(access.keys()).extracting(ApiKey::purpose).containsExactly(Purpose.INFERENCE);
    }

    @Test
    void makesAManagementKeyWhenAsked() throws CommandException {
        command.management = true;

        command.print(screen.out());

        assertThat(access.keys()).extracting(ApiKey::purpose).containsExactly(Purpose.MANAGEMENT);
    }

    @Test
    void saysInOneLineWhyANameIsRefused() {
        command.name = " ";

        assertThatThrownBy(() -> command.print(screen.out()))
                .isInstanceOfSatisfying(
                        CommandException.class,
                        thrown -> assertThat(thrown.getNiceHelp()).isEqualTo("'name' must not be blank."));
    }
}
