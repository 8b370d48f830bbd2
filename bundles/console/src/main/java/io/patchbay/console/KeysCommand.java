package io.patchbay.console;

import io.patchbay.api.access.ApiKey;
import io.patchbay.api.access.ApiKeys;
import io.patchbay.api.ledger.Budget;
import io.patchbay.api.ledger.Ledger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;

/** {@code patchbay:keys}. */
@Service
@Command(
        scope = "patchbay",
        name = "keys",
        description = "Lists the API keys, the newest first: what has been spent with each in US dollars, and what it"
                + " may do. Secrets aren't shown.")
public final class KeysCommand extends Listing {
    @Reference(optional = true)
    @Nullable
    ApiKeys keys;

    @Reference(optional = true)
    @Nullable
    Ledger ledger;

    @Override
    ShellTable table() throws CommandException {
        var table = new ShellTable().emptyTableText("No API keys. \"patchbay:key-create NAME\" makes one.");
        table.column("label");
        table.column("name");
        table.column("account");
        table.column("purpose");
        table.column("created");
        table.column("spent");
        table.column("limits");
        var book = Part.of(ledger, "ledger");
        for (var key : Part.of(keys, "access").keys()) {
            table.addRow()
                    .addContent(
                            key.label(),
                            Wording.harmless(key.name()),
                            key.account(),
                            Wording.of(key.purpose()),
                            key.created().truncatedTo(ChronoUnit.SECONDS),
                            book.spent(key.id(), Budget.Period.ALWAYS),
                            state(key));
        }
        return table;
    }

    private static String state(ApiKey key) {
        if (key.disabled()) {
            return "disabled";
        }
        if (key.expires().filter(end -> !Instant.now().isBefore(end)).isPresent()) {
            return "expired";
        }
        return Wording.limits(key);
    }
}
