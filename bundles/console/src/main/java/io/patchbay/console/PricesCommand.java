package io.patchbay.console;

import io.patchbay.api.catalog.Catalog;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.Prices;
import io.patchbay.api.catalog.Prices.Version;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;

/** {@code patchbay:prices}. */
@Service
@Command(
        scope = "patchbay",
        name = "prices",
        description = "Lists what endpoints cost and have cost, in US dollars: tokens by the million, the rest each.",
        detailedDescription = "Of a model or an endpoint all prices that stood, and imported ones that are still to"
                + " come; without one, the prices that stand now.")
public final class PricesCommand extends Listing {
    @Argument(name = "model", description = "author/name, or an endpoint: provider:author/name.")
    @Completion(ModelCompleter.class)
    String model = "";

    @Reference(optional = true)
    @Nullable
    Catalog catalog;

    @Reference(optional = true)
    @Nullable
    Prices prices;

    @Override
    ShellTable table() throws CommandException {
        var table = new ShellTable().emptyTableText("No endpoint of that name has a price.");
        table.column("endpoint");
        table.column("since");
        table.column("version");
        table.column("from");
        table.column("price");
        var book = Part.of(prices, "catalog");
        var now = Instant.now();
        var endpoints = Part.of(catalog, "catalog").endpoints().stream().map(Endpoint::id);
        var imported = book.imported().stream().map(Prices.Imported::endpoint);
        Stream.concat(endpoints, imported)
                .distinct()
                .filter(this::isAskedFor)
                .sorted()
                .forEach(id -> {
                    if (!model.isEmpty()) {
                        book.imported().stream()
                                .filter(one ->
                                        one.endpoint().equals(id) && one.from().isAfter(now))
                                .forEach(one -> row(table, id, book.describe(one)));
                    }
                    book.history(id).stream()
                            .limit(model.isEmpty() ? 1 : Long.MAX_VALUE)
                            .forEach(version -> row(table, id, version));
                });
        return table;
    }

    private boolean isAskedFor(String id) {
        return model.isEmpty() || id.equals(model) || id.endsWith(':' + model);
    }

    private static void row(ShellTable table, String id, Version version) {
        table.addRow()
                .addContent(
                        id,
                        version.since().truncatedTo(ChronoUnit.SECONDS),
                        version.version(),
                        Wording.of(version.source()),
                        version.price());
    }
}
