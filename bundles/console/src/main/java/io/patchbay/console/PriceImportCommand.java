package io.patchbay.console;

import io.patchbay.api.catalog.Catalog;
import io.patchbay.api.catalog.Prices;
import io.patchbay.api.failure.FailureException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.jspecify.annotations.Nullable;

/** {@code patchbay:price-import}. */
@Service
@Command(
        scope = "patchbay",
        name = "price-import",
        description = "Takes prices out of a CSV file, which stand in the place of all others.",
        detailedDescription = "All of them, or none if anything is wrong. With --withdraw, the imported prices of an"
                + " endpoint are taken back. The columns: docs/billing.md.")
public final class PriceImportCommand implements Action {
    @Argument(
            name = "file",
            description = "The file; with --withdraw, the endpoint: provider:author/name.",
            required = true)
    @Completion(FileCompleter.class)
    String file = "";

    @Option(name = "--withdraw", description = "Takes the imported prices of an endpoint back.")
    boolean withdraw;

    @Reference(optional = true)
    @Nullable
    Prices prices;

    @Reference(optional = true)
    @Nullable
    Catalog catalog;

    @Override
    public @Nullable Object execute() throws CommandException {
        print(System.out);
        return null;
    }

    /** A price may wait for its endpoint; more likely its name was mistyped. */
    private String remark(String endpoint) {
        var offered = catalog;
        return offered == null
                        || offered.endpoints().stream().anyMatch(one -> one.id().equals(endpoint))
                ? ""
                : " (no such endpoint is offered just now)";
    }

    void print(PrintStream out) throws CommandException {
        var book = Part.of(prices, "catalog");
        try {
            if (withdraw) {
                out.println("Took back " + Wording.counted(book.withdraw(file), "price") + " of " + file + '.');
                return;
            }
            var imported = book.importCsv(Files.readString(Path.of(file)));
            imported.forEach(one -> out.println(one.endpoint() + " from " + one.from() + ": "
                    + book.describe(one).price() + remark(one.endpoint())));
        } catch (FailureException refused) {
            throw Part.refusal(refused.failure().message());
        } catch (IOException unreadable) {
            var refusal = Part.refusal("\"" + file + "\" can't be read.");
            refusal.initCause(unreadable);
            throw refusal;
        }
    }
}
