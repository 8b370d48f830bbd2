package io.patchbay.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.api.billing.Reconciliation;
import io.patchbay.api.billing.Reconciliation.Comparison;
import io.patchbay.api.billing.Reconciliation.Figures;
import io.patchbay.api.billing.Reconciliation.Line;
import io.patchbay.api.failure.Failure;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.support.CommandException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReconcileCommandTest {
    private static final LocalDate MONDAY = LocalDate.parse("2026-11-23");

    @TempDir
    Path folder;

    private final Screen screen = new Screen();
    private final ReconcileCommand command = new ReconcileCommand();
    private boolean tellsCost = true;
    private Map<String, String> columns = Map.of();

    @BeforeEach
    void export() throws IOException {
        command.provider = "openai";
        command.file =
                Files.writeString(folder.resolve("export.csv"), "date,cost\n").toString();
        command.bare = false;
        command.reconciliation = (provider, export, named) -> {
            assertThat(provider + ' ' + export).isEqualTo("openai date,cost\n");
            columns = named;
            return comparison();
        };
    }

    private Comparison comparison() {
        return new Comparison(
                MONDAY,
                MONDAY.plusDays(1),
                tellsCost,
                !tellsCost,
                List.of(
                        line("m/exact", "5", "5", 7),
                        line("m/dear", "2.000000000000000001", "1.5", 7),
                        line("m/cheap", "1.009", "1", 8)));
    }

    @Test
    void listsWhatDiffersByACentOrMoreAndTheSum() throws CommandException {
        command.print(screen.out());

        assertThat(screen.text())
                .containsPattern("2026-11-23 \\| m/dear +\\| +2 \\| +1.5 \\| +\\+0.5\n")
                .doesNotContain("m/exact", "m/cheap", "tokens")
                .contains("2026-11-23 to 2026-11-24: openai bills $8.009, $7.5 is booked: +0.509. 2 lines not listed.");
    }

    @Test
    void listsEveryLineIfWanted() throws CommandException {
        command.above = "0";

        command.print(screen.out());

        assertThat(screen.text()).contains("m/exact", "m/cheap", "m/dear").doesNotContain("not listed");
    }

    @Test
    void comparesTokensWhereThereIsNoMoney() throws CommandException {
        tellsCost = false;

        command.print(screen.out());

        assertThat(screen.text())
                .containsPattern("m/cheap \\| +8 / 1 \\| +7 / 1")
                .doesNotContain("m/exact", "m/dear", "difference")
                .contains("2 lines not listed.");
    }

    @Test
    void passesOnWhatColumnsAreCalled() throws CommandException {
        command.columns = List.of("cost=Total (USD)", "date=When");

        command.print(screen.out());

        assertThat(columns).isEqualTo(Map.of("cost", "Total (USD)", "date", "When"));
    }

    @Test
    void saysInOneLineWhatIsWrong() {
        assertRefused("\"Total\" does not say what a column is called", () -> command.columns = List.of("Total"));
        assertRefused("is no amount of dollars", () -> command.above = "much");
        assertRefused("can't be read", () -> command.file = "/no/such/file");
        assertRefused("\"billing\" is not running", () -> command.reconciliation = null);
    }

    @Test
    void saysWhatIsWrongWithTheExport() {
        Reconciliation refusing = (provider, export, named) -> {
            throw Failure.invalid("csv", "Line 2: 'cost' is no amount.").toException();
        };

        assertRefused("Line 2: 'cost' is no amount.", () -> command.reconciliation = refusing);
    }

    private void assertRefused(String said, Runnable mistake) {
        var before = List.of(command.columns, command.above, command.file);
        mistake.run();
        assertThatThrownBy(() -> command.print(screen.out()))
                .isInstanceOfSatisfying(
                        CommandException.class,
                        refusal -> assertThat(refusal.getNiceHelp()).contains(said));
        command.columns = List.of();
        command.above = before.get(1).toString();
        command.file = before.get(2).toString();
    }

    private static Line line(String model, String billed, String booked, long billedTokens) {
        return new Line(
                MONDAY,
                model,
                new Figures(new BigDecimal(billed), billedTokens, 1),
                new Figures(new BigDecimal(booked), 7, 1));
    }
}
