package io.patchbay.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.karaf.shell.support.CommandException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccountRulesCommandTest {
    private final FakeAccess access = new FakeAccess();
    private final Screen screen = new Screen();

    @BeforeEach
    void anAccount() {
        access.create("acme", account -> account.name("Acme"));
    }

    @Test
    void rulesAreMadeShownAndTakenAway() throws CommandException {
        var made = command("acme");
        made.regions = "EU, us";
        made.dataRetention = "deny";
        made.strategy = "latency";
        made.print(screen.out());
        command("acme").print(screen.out());
        var taken = command("acme");
        taken.regions = "all";
        taken.dataRetention = "allow";
        taken.strategy = "none";
        taken.print(screen.out());

        var rules = "Rules of the account acme: regions eu us, no data retention, strategy latency.";
        assertThat(screen.lines()).containsExactly(rules, rules, "Rules of the account acme: none.");
    }

    @Test
    void anAccountThatIsNotThereHasNone() {
        assertThatThrownBy(() -> command("nobody").print(screen.out()))
                .hasMessageContaining("There is no account \"nobody\"");
    }

    private AccountRulesCommand command(String id) {
        var command = new AccountRulesCommand();
        command.accounts = access;
        command.id = id;
        return command;
    }
}
