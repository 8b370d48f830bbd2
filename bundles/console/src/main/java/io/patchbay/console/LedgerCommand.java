package io.patchbay.console;

import io.patchbay.api.failure.FailureException;
import io.patchbay.api.ledger.Ledger;
import io.patchbay.api.ledger.LedgerAccount;
import io.patchbay.api.ledger.TransferQuery;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;

/** {@code patchbay:ledger}. */
@Service
@Command(
        scope = "patchbay",
        name = "ledger",
        description = "Lists what the ledger says was moved, the newest first.",
        detailedDescription = "With an account of the ledger, such as credit/acme, cost/groq or margin, only what"
                + " concerns it. Amounts are US dollars.")
public final class LedgerCommand extends Listing {
    @Argument(name = "account", description = "An account of the ledger; \"patchbay:balances\" lists them.")
    String account = "";

    @Option(name = "--limit", description = "How many at the most: 1 to 1000.")
    int limit = 20;

    @Option(name = "--before", description = "Only what came before the one of this number: the next page.")
    long before = Long.MAX_VALUE;

    @Reference(optional = true)
    @Nullable
    Ledger ledger;

    @Override
    ShellTable table() throws CommandException {
        var table = new ShellTable().emptyTableText("Nothing was moved.");
        table.column("number");
        table.column("time");
        table.column("id");
        table.column("kind");
        table.column("entries");
        table.column("details");
        for (var posted : transfers()) {
            var transfer = posted.transfer();
            table.addRow()
                    .addContent(
                            posted.sequence(),
                            transfer.created(),
                            transfer.id(),
                            Wording.of(transfer.kind()),
                            transfer.entries().stream()
                                    .map(entry -> entry.account() + " " + entry.amount())
                                    .collect(Collectors.joining(", ")),
                            Wording.harmless(transfer.details()));
        }
        return table;
    }

    private Iterable<Ledger.Posted> transfers() throws CommandException {
        try {
            var query = TransferQuery.latest(limit).before(before);
            return Part.of(ledger, "ledger")
                    .transfers(account.isEmpty() ? query : query.of(LedgerAccount.parse(account)));
        } catch (IllegalArgumentException unreadable) {
            throw Part.refusal("There is no such account or page: --limit is 1 to " + TransferQuery.LARGEST_PAGE
                    + "; accounts are credit/NAME, cost/PROVIDER, margin, fees, payments, promotions, write_off.");
        } catch (FailureException unreadable) {
            throw Part.refusal(unreadable.failure().message());
        }
    }
}
