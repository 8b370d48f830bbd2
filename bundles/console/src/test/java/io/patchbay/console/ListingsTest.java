package io.patchbay.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.api.access.Account;
import io.patchbay.api.access.ApiKey.Purpose;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Price;
import io.patchbay.api.catalog.Secret;
import io.patchbay.api.health.EndpointHealth;
import io.patchbay.api.health.EndpointHealth.Condition;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.karaf.shell.support.CommandException;
import org.junit.jupiter.api.Test;

class ListingsTest {
    private static final FakeHealth ACME_EJECTED = new FakeHealth(Map.of(
            "acme:acme/big",
            new EndpointHealth(
                    Condition.EJECTED, "5 failures in a row", Duration.ofSeconds(95), OptionalInt.of(12), 0, 3, 5),
            "sandbox:sandbox/echo",
            new EndpointHealth(Condition.WELL, "", Duration.ZERO, OptionalInt.empty(), 0, 7, 0),
            "sandbox:acme/big",
            new EndpointHealth(Condition.WELL, "", Duration.ZERO, OptionalInt.empty(), 2, 0, 2)));

    private final Screen screen = new Screen();

    @Test
    void providersShowsStatesInWords() throws CommandException {
        var command = new ProvidersCommand();
        command.catalog = new FakeCatalog();
        command.all = true;

        assertThat(bareRows(command))
                .containsExactly(
                        "acme|openai|ready|1|file|1 model from etc",
                        "sandbox|sandbox|ready|2|-|comes with its adapter",
                        "void|openai|no credential|0|-|VOID_API_KEY is?[2J not set");
    }

    @Test
    void providersTellsWhoseKeyIsStored() throws CommandException {
        var command = new ProvidersCommand();
        command.catalog = new FakeCatalog();
        var keys = new FakeProviderKeys();
        keys.store("acme", Secret.of("sk-1"));
        command.keys = keys;

        assertThat(bareRows(command))
                .containsExactly(
                        "acme|openai|ready|1|stored|1 model from etc",
                        "sandbox|sandbox|ready|2|-|comes with its adapter");
    }

    @Test
    void providersOnlyCountsThoseWithoutACredential() throws CommandException {
        var command = new ProvidersCommand();
        command.catalog = new FakeCatalog();

        command.print(screen.out());

        assertThat(screen.text()).contains("acme", "sandbox").doesNotContain("void");
        assertThat(screen.lines()).last().isEqualTo("and 1 more without a credential: patchbay:providers --all");
        assertThat(bareRows(command)).hasSize(2);
    }

    @Test
    void providersHasNothingToAddOnceAllAreListed() throws CommandException {
        var command = new ProvidersCommand();
        command.catalog = new FakeCatalog();
        command.all = true;

        command.print(screen.out());

        assertThat(screen.text()).contains("void").doesNotContain("--all");
    }

    @Test
    void modelsGathersTheEndpointsOfAModel() throws CommandException {
        var command = models();

        assertThat(bareRows(command))
                .containsExactly("acme/big|acme, sandbox|200000|0.15 / 0.6|1 of 2", "sandbox/echo|sandbox|?|free|ok");
    }

    @Test
    void modelsCanBeFilteredByNameAndByProvider() throws CommandException {
        var byName = models();
        byName.filter = "ECH";
        assertThat(bareRows(byName)).singleElement().asString().startsWith("sandbox/echo");

        var byProvider = models();
        byProvider.provider = "acme";
        assertThat(bareRows(byProvider)).containsExactly("acme/big|acme|200000|0.15 / 0.6|0 of 1");
    }

    @Test
    void modelsShowsWhatHasNoPriceAndWhatIsOnlyKnownToCostNoMore() throws CommandException {
        var command = models();
        var ceiling = Price.perMillionTokens(BigDecimal.ONE, BigDecimal.TEN).toBuilder()
                .ceiling()
                .build();
        command.catalog = new FakeCatalog(List.of(
                Endpoint.builder(ModelId.parse("acme/dark"), FakeCatalog.ACME).build(),
                Endpoint.builder(ModelId.parse("acme/dear"), FakeCatalog.ACME)
                        .price(ceiling)
                        .build()));

        assertThat(bareRows(command))
                .containsExactly("acme/dark|acme|?|no price|ok", "acme/dear|acme|?|at most 1 / 10|ok");
    }

    @Test
    void modelsAreListedWhileHealthIsAway() throws CommandException {
        var command = models();
        command.health = null;

        assertThat(bareRows(command)).allSatisfy(row -> assertThat(row).endsWith("|?"));
    }

    @Test
    void healthShowsWhoIsEjectedAndForHowLong() throws CommandException {
        var command = new HealthCommand();
        command.catalog = new FakeCatalog();
        command.health = ACME_EJECTED;

        assertThat(bareRows(command))
                .containsExactly(
                        "acme:acme/big|ejected|5 failures in a row|1 min 35 s|3|5|<= 12",
                        "sandbox:acme/big|failing|||0|2",
                        "sandbox:sandbox/echo|ok|||7|0");
    }

    @Test
    void keysShowsNoSecrets() throws CommandException {
        var access = new FakeAccess();
        access.create(Account.OPERATOR, key -> key.name("phone"));
        access.create(Account.OPERATOR, key -> key.name("laptop").purpose(Purpose.MANAGEMENT));
        var command = new KeysCommand();
        command.keys = access;
        command.ledger = new FakeLedger();

        assertThat(bareRows(command))
                .containsExactly(
                        "sec...laptop|laptop|operator|management|2026-03-01T12:00:00Z|0|none",
                        "sec...phone|phone|operator|inference|2026-03-01T12:00:00Z|0|none");
    }

    @Test
    void tablesHaveHeadersUnlessTheyAreForScripts() throws CommandException {
        var command = models();

        command.print(screen.out());

        assertThat(screen.lines()).hasSize(4);
        assertThat(screen.lines().get(0)).contains("model", "providers", "context", "$ per million", "health");
    }

    @Test
    void anEmptyTableSaysWhatToDo() throws CommandException {
        var command = models();
        command.catalog = new FakeCatalog(List.of());

        command.print(screen.out());

        assertThat(screen.text()).contains("patchbay:providers");
    }

    @Test
    void aMissingPartIsNamedInOneLine() {
        for (var command : List.of(new ProvidersCommand(), new ModelsCommand(), new KeysCommand())) {
            assertThatThrownBy(() -> command.print(screen.out()))
                    .isInstanceOfSatisfying(
                            CommandException.class,
                            thrown -> assertThat(thrown.getNiceHelp())
                                    .contains("is not running just now", "bundle:list")
                                    .doesNotContain("\n"));
        }
        assertThatThrownBy(() -> new HealthCommand().print(screen.out())).hasMessageContaining("io.patchbay.health");
        assertThat(screen.text()).isEmpty();
    }

    private static ModelsCommand models() {
        var command = new ModelsCommand();
        command.catalog = new FakeCatalog();
        command.health = ACME_EJECTED;
        return command;
    }

    private static List<String> bareRows(Listing command) throws CommandException {
        var screen = new Screen();
        command.bare = true;
        command.print(screen.out());
        return screen.lines().stream()
                .map(line -> line.replaceAll(" *[\t|│] *", "|").strip())
                .toList();
    }
}
