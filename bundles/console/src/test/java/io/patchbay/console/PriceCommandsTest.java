package io.patchbay.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.api.catalog.Price;
import io.patchbay.api.catalog.Prices;
import io.patchbay.api.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.karaf.shell.support.CommandException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PriceCommandsTest {
    private static final Instant SOME_DAY = Instant.parse("9000-01-01T00:00:00Z");

    private final Screen screen = new Screen();
    private final FakePrices book = new FakePrices();

    @Test
    void withoutAModelEveryEndpointHasTheLineThatStands() throws CommandException {
        prices("").print(screen.out());

        assertThat(cells())
                .contains("acme:acme/big\t2026-11-02T00:00:00Z\tv2\tfile\tprompt 2")
                .noneMatch(line -> line.contains("v1") || line.contains("soon"));
    }

    @Test
    void aModelHasAllThatStoodAndWhatIsToCome() throws CommandException {
        prices("acme/big").print(screen.out());

        assertThat(cells())
                .containsExactly(
                        "acme:acme/big\t" + SOME_DAY + "\tsoon\timport\tprompt 3",
                        "acme:acme/big\t2026-11-02T00:00:00Z\tv2\tfile\tprompt 2",
                        "acme:acme/big\t2026-11-01T00:00:00Z\tv1\tcatalogue\tprompt 1");
    }

    @Test
    void sayWhatWasImportedAndWhatNobodyOffers(@TempDir Path folder) throws CommandException, IOException {
        var command = importing(
                Files.writeString(folder.resolve("prices.csv"), "the table").toString());

        command.print(screen.out());

        assertThat(book.table).isEqualTo("the table");
        assertThat(screen.lines())
                .containsExactly(
                        "acme:acme/big from " + SOME_DAY + ": prompt 3",
                        "acme:acme/bgi from " + SOME_DAY + ": prompt 3 (no such endpoint is offered just now)");
    }

    @Test
    void sayWhyATableIsRefused(@TempDir Path folder) throws IOException {
        book.refusal = Failure.invalid("csv", "Line 2: 'prompt' is no amount.");
        var command =
                importing(Files.writeString(folder.resolve("prices.csv"), "x").toString());

        assertThatThrownBy(() -> command.print(screen.out()))
                .isInstanceOfSatisfying(
                        CommandException.class,
                        refusal -> assertThat(refusal.getNiceHelp()).isEqualTo("Line 2: 'prompt' is no amount."));
        assertThatThrownBy(() -> importing("/no/such/file").print(screen.out()))
                .isInstanceOfSatisfying(
                        CommandException.class,
                        refusal -> assertThat(refusal.getNiceHelp()).contains("can't be read"));
    }

    @Test
    void importedPricesAreTakenBack() throws CommandException {
        var command = importing("acme:acme/big");
        command.withdraw = true;

        command.print(screen.out());

        assertThat(screen.text()).isEqualTo("Took back 2 prices of acme:acme/big.\n");
    }

    /** The table pads its cells. */
    private List<String> cells() {
        return screen.lines().stream()
                .map(line -> line.replaceAll(" +\t", "\t"))
                .toList();
    }

    private PricesCommand prices(String model) {
        var command = new PricesCommand();
        command.prices = book;
        command.catalog = new FakeCatalog();
        command.model = model;
        command.bare = true;
        return command;
    }

    private PriceImportCommand importing(String file) {
        var command = new PriceImportCommand();
        command.prices = book;
        command.catalog = new FakeCatalog();
        command.file = file;
        return command;
    }

    /** Of one endpoint, two prices stood and one is to come. */
    private static final class FakePrices implements Prices {
        private String table = "";
        private Failure refusal = Failure.invalid("", "");

        @Override
        public List<Version> history(String endpoint) {
            return endpoint.equals("acme:acme/big")
                    ? List.of(
                            new Version(Instant.parse("2026-11-02T00:00:00Z"), "v2", Source.FILE, "prompt 2"),
                            new Version(Instant.parse("2026-11-01T00:00:00Z"), "v1", Source.CATALOGUE, "prompt 1"))
                    : List.of();
        }

        @Override
        public List<Imported> imported() {
            return List.of(new Imported("acme:acme/big", SOME_DAY, Price.FREE));
        }

        @Override
        public Version describe(Imported imported) {
            return new Version(imported.from(), "soon", Source.IMPORT, "prompt 3");
        }

        @Override
        public List<Imported> importCsv(String text) {
            if (!refusal.message().isEmpty()) {
                throw refusal.toException();
            }
            table = text;
            return List.of(imported().get(0), new Imported("acme:acme/bgi", SOME_DAY, Price.FREE));
        }

        @Override
        public int withdraw(String endpoint) {
            return 2;
        }
    }
}
