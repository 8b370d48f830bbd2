package io.patchbay.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.api.access.Account;
import io.patchbay.api.access.Permissions;
import io.patchbay.api.access.RateLimits;
import io.patchbay.api.ledger.Budget;
import io.patchbay.api.ledger.Money;
import java.time.Instant;
import java.util.List;
import org.apache.karaf.shell.support.CommandException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Accounts, and what is done to keys once there are some. */
class KeyCommandsTest {
    private final FakeAccess access = new FakeAccess();
    private final Screen screen = new Screen();

    @Test
    void anAccountIsMadeAndHasKeys() throws CommandException {
        var command = new AccountCreateCommand();
        command.accounts = access;
        command.id = "acme";
        command.overdraft = "0.5";
        command.print(screen.out());

        var create = create("phone");
        create.account = "acme";
        create.print(screen.out());

        assertThat(screen.text()).contains("patchbay:credit-grant acme");
        assertThat(access.keys().get(0).account())
                .isEqualTo(Account.builder("acme", Instant.parse("2026-03-01T12:00:00.123456Z"))
                        .overdraft(new Money(500_000_000))
                        .build());
    }

    @Test
    void nobodyMakesAKeyForAnAccountThatIsNotThere() {
        var command = create("phone");
        command.account = "acme";

        assertThat(refusal(() -> command.print(screen.out())))
                .isEqualTo("There is no account \"acme\". \"patchbay:accounts\" lists those there are.");
    }

    @Test
    void accountsShowsWhatEachHas() throws CommandException {
        access.create("acme", account -> account.name("Acme"));
        access.create(Account.OPERATOR, key -> key.name("phone"));
        var command = new AccountsCommand();
        command.accounts = access;
        command.apiKeys = access;
        command.ledger = new FakeLedger();
        command.bare = true;

        command.print(screen.out());

        assertThat(screen.lines().stream()
                        .map(line -> line.replaceAll("\\s+", " ").strip()))
                .containsExactly("operator Operator 70 2 any 1", "acme Acme 70 2 0 0");
    }

    @Test
    void aKeyIsMadeWithLimits() throws CommandException {
        var command = create("phone");
        command.limit = "12.50";
        command.reset = "monthly";
        command.expires = "2027-01-31";
        command.models = "openai/*, meta/llama-3";
        command.providers = "groq";
        command.dataCollection = "deny";
        command.requests = "60";
        command.tokens = "10000";

        command.print(screen.out());

        var key = access.keys().get(0);
        assertThat(key.budget()).contains(new Budget("id-of-phone", new Money(12_500_000_000L), Budget.Period.MONTH));
        assertThat(key.expires()).contains(Instant.parse("2027-01-31T00:00:00Z"));
        assertThat(key.permissions())
                .isEqualTo(
                        new Permissions(List.of("openai/*", "meta/llama-3"), List.of("groq"), List.of(), false, true));
        assertThat(key.rateLimits()).isEqualTo(new RateLimits(60, 10_000));
    }

    @Test
    void whatNoOptionNamesStays() throws CommandException {
        access.create(
                Account.OPERATOR,
                key -> key.name("phone")
                        .limit(new Money(5), Budget.Period.DAY)
                        .expires(Instant.parse("2027-01-31T00:00:00Z"))
                        .rateLimits(new RateLimits(60, 70)));
        var command = limit("phone");
        command.requests = "none";
        command.reset = "weekly";

        command.print(screen.out());

        var key = access.keys().get(0);
        assertThat(key.budget()).contains(new Budget("id-of-phone", new Money(5), Budget.Period.WEEK));
        assertThat(key.rateLimits()).isEqualTo(new RateLimits(0, 70));
        assertThat(screen.text())
                .isEqualTo("sec...phone: $0.000000005 a week, until 2027-01-31T00:00:00Z, 70 tokens a minute"
                        + System.lineSeparator());
    }

    @Test
    void limitsAreTakenAway() throws CommandException {
        access.create(
                Account.OPERATOR,
                key -> key.name("phone")
                        .limit(new Money(5), Budget.Period.DAY)
                        .expires(Instant.parse("2027-01-31T00:00:00Z"))
                        .permissions(new Permissions(List.of("a/*"), List.of("groq"), List.of("eu"), false, true)));
        var command = limit("sec...phone");
        command.limit = "none";
        command.expires = "never";
        command.models = "all";
        command.providers = "all";
        command.regions = "all";
        command.dataCollection = "allow";

        command.print(screen.out());

        assertThat(screen.text()).isEqualTo("sec...phone: none" + System.lineSeparator());
    }

    @ParameterizedTest
    @CsvSource({
        "limit, -1, no amount of dollars",
        "reset, hourly, --reset is daily",
        "expires, soon, is no time",
        "requests, 0, --rpm is a number above zero",
        "tokens, many, --tpm is a number above zero"
    })
    void saysInOneLineWhatIsWrongWithAnOption(String option, String value, String said) throws Exception {
        access.create(Account.OPERATOR, key -> key.name("phone"));
        var command = limit("phone");
        KeySettings.class.getDeclaredField(option).set(command, value);

        assertThat(refusal(() -> command.print(screen.out()))).contains(said).contains(value);
    }

    @Test
    void saysWhatIsWrongWithARule() {
        access.create(Account.OPERATOR, key -> key.name("phone"));
        var command = limit("phone");
        command.dataRetention = "maybe";

        assertThat(refusal(() -> command.print(screen.out())))
                .contains("--data-retention is allow or deny, not \"maybe\"");
    }

    @Test
    void aKeyIsDisabledEnabledAndDeleted() throws CommandException {
        access.create(Account.OPERATOR, key -> key.name("phone"));
        var disable = new KeyDisableCommand();
        disable.keys = access;
        disable.key = "phone";

        disable.print(screen.out());
        assertThat(access.keys().get(0).disabled()).isTrue();
        disable.undo = true;
        disable.print(screen.out());
        assertThat(access.keys().get(0).disabled()).isFalse();

        var delete = new KeyDeleteCommand();
        delete.keys = access;
        delete.key = "id-of-phone";
        delete.print(screen.out());
        assertThat(access.keys()).isEmpty();
        assertThat(screen.lines())
                .containsExactly("sec...phone is disabled.", "sec...phone is enabled.", "sec...phone is deleted.");
    }

    @Test
    void asksWhichOfTwoKeysOfOneNameIsMeant() {
        access.create(Account.OPERATOR, key -> key.name("phone"));
        access.create(Account.OPERATOR, key -> key.name("phone"));
        var command = limit("phone");

        assertThat(refusal(() -> command.print(screen.out()))).contains("2 API keys are called \"phone\"");
        command.key = "tablet";
        assertThat(refusal(() -> command.print(screen.out()))).contains("There is no API key \"tablet\"");
    }

    private KeyCreateCommand create(String name) {
        var command = new KeyCreateCommand();
        command.keys = access;
        command.accounts = access;
        command.name = name;
        return command;
    }

    private KeyLimitCommand limit(String key) {
        var command = new KeyLimitCommand();
        command.keys = access;
        command.key = key;
        return command;
    }

    private static String refusal(Printing command) {
        var said = new String[1];
        assertThatThrownBy(command::run)
                .isInstanceOfSatisfying(CommandException.class, refused -> said[0] = refused.getNiceHelp());
        return said[0];
    }

    private interface Printing {
        void run() throws CommandException;
    }
}
