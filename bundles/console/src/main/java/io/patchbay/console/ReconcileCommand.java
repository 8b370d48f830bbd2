package io.patchbay.console;

import io.patchbay.api.billing.Reconciliation;
import io.patchbay.api.billing.Reconciliation.Comparison;
import io.patchbay.api.billing.Reconciliation.Line;
import io.patchbay.api.failure.FailureException;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;

/** {@code patchbay:reconcile}. */
@Service
@Command(
        scope = "patchbay",
        name = "reconcile",
        description = "Lists where a provider's export of usage (CSV) differs from what was booked, in US dollars.",
        detailedDescription = "By UTC day and model, from the export's first day to its last. It changes nothing. The"
                + " columns, and how to get the exports of OpenAI and Anthropic: docs/billing.md.")
public final class ReconcileCommand extends Listing {
    private static final int DECIMALS = 9;

    @Argument(index = 0, name = "provider", description = "The provider's name.", required = true)
    @Completion(ProviderCompleter.class)
    String provider = "";

    @Argument(index = 1, name = "file", description = "The export.", required = true)
    @Completion(FileCompleter.class)
    String file = "";

    @Option(name = "--above", description = "Lists differences of so many dollars and more; 0 lists every line.")
    String above = "0.01";

    @Option(
            name = "--column",
            description = "What the export calls a column, such as cost=Total; may be given more than once.",
            multiValued = true)
    List<String> columns = List.of();

    @Reference(optional = true)
    @Nullable
    Reconciliation reconciliation;

    private String summary = "";

    @Override
    ShellTable table() throws CommandException {
        var least = Dollars.atLeastZero(above).dollars();
        var comparison = compare();
        var listed = comparison.lines().stream()
                .filter(line -> isWorthALine(line, comparison, least))
                .toList();
        summary = summary(comparison, listed.size());
        var table = new ShellTable().emptyTableText("Nothing differs.");
        table.column("day");
        table.column("model");
        if (comparison.tellsCost()) {
            table.column("billed").alignRight();
            table.column("booked").alignRight();
            table.column("difference").alignRight();
        }
        if (comparison.tellsTokens()) {
            table.column("billed tokens").alignRight();
            table.column("booked tokens").alignRight();
        }
        listed.forEach(line -> table.addRow().addContent(row(line, comparison)));
        return table;
    }

    private Comparison compare() throws CommandException {
        try {
            return Part.of(reconciliation, "billing").compare(provider, Files.readString(Path.of(file)), named());
        } catch (FailureException refused) {
            throw Part.refusal(refused.failure().message());
        } catch (IOException unreadable) {
            var refusal = Part.refusal("\"" + file + "\" can't be read.");
            refusal.initCause(unreadable);
            throw refusal;
        }
    }

    private Map<String, String> named() throws CommandException {
        var named = new HashMap<String, String>();
        for (var column : columns) {
            int equals = column.indexOf('=');
            if (equals < 1) {
                throw Part.refusal("\"" + column + "\" does not say what a column is called, such as cost=Total.");
            }
            named.put(column.substring(0, equals), column.substring(equals + 1));
        }
        return named;
    }

    private static boolean isWorthALine(Line line, Comparison comparison, BigDecimal least) {
        return comparison.tellsCost()
                ? line.difference().abs().compareTo(least) >= 0
                : least.signum() == 0 || !line.hasSameTokens();
    }

    private static Object[] row(Line line, Comparison comparison) {
        var billed = line.billed();
        var booked = line.booked();
        var cells = new ArrayList<Object>(List.of(line.day(), Wording.harmless(line.model())));
        if (comparison.tellsCost()) {
            cells.addAll(List.of(shown(billed.dollars()), shown(booked.dollars()), signed(line.difference())));
        }
        if (comparison.tellsTokens()) {
            cells.add(billed.promptTokens() + " / " + billed.completionTokens());
            cells.add(booked.promptTokens() + " / " + booked.completionTokens());
        }
        return cells.toArray();
    }

    private String summary(Comparison comparison, int listed) {
        var total = comparison.total();
        var days = comparison.first() + " to " + comparison.last() + ": ";
        int others = comparison.lines().size() - listed;
        var rest = others == 0 ? "" : " " + Wording.counted(others, "line") + " not listed.";
        if (!comparison.tellsCost()) {
            return days + "the export tells of tokens only." + rest;
        }
        return days + provider + " bills $" + shown(total.billed().dollars()) + ", $"
                + shown(total.booked().dollars()) + " is booked: " + signed(total.difference()) + '.' + rest;
    }

    @Override
    Optional<String> footnote() {
        return Optional.of(summary);
    }

    private static String signed(BigDecimal dollars) {
        return (dollars.signum() > 0 ? "+" : "") + shown(dollars);
    }

    private static String shown(BigDecimal dollars) {
        var rounded = dollars.setScale(DECIMALS, RoundingMode.HALF_EVEN).stripTrailingZeros();
        return rounded.signum() == 0 ? "0" : rounded.toPlainString();
    }
}
