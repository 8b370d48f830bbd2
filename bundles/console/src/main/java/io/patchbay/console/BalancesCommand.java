package io.patchbay.console;

import io.patchbay.api.ledger.Entry;
import io.patchbay.api.ledger.Ledger;
import io.patchbay.api.ledger.LedgerAccount;
import java.util.Comparator;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;

/** {@code patchbay:balances}. */
@Service
@Command(
        scope = "patchbay",
        name = "balances",
        description = "Lists the ledger's accounts and what each has, in US dollars; together they have nothing.")
public final class BalancesCommand extends Listing {
    @Reference(optional = true)
    @Nullable
    Ledger ledger;

    @Override
    ShellTable table() throws CommandException {
        var table = new ShellTable().emptyTableText("Nothing was moved.");
        table.column("account");
        table.column("balance");
        table.column("held");
        var book = Part.of(ledger, "ledger");
        book.balances().stream()
                .sorted(Comparator.comparing((Entry entry) -> entry.account().toString()))
                .forEach(entry -> table.addRow().addContent(entry.account(), entry.amount(), held(book, entry)));
        return table;
    }

    private static Object held(Ledger book, Entry entry) {
        return entry.account().kind() == LedgerAccount.Kind.CREDIT
                ? book.balance(entry.account().owner()).held()
                : "";
    }
}
