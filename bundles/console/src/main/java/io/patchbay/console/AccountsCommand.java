package io.patchbay.console;

import io.patchbay.api.access.Account;
import io.patchbay.api.access.Accounts;
import io.patchbay.api.access.ApiKey;
import io.patchbay.api.access.ApiKeys;
import io.patchbay.api.ledger.Ledger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;

/** {@code patchbay:accounts}. */
@Service
@Command(scope = "patchbay", name = "accounts", description = "Lists who pays, with their credit in US dollars.")
public final class AccountsCommand extends Listing {
    @Reference(optional = true)
    @Nullable
    Accounts accounts;

    @Reference(optional = true)
    @Nullable
    ApiKeys apiKeys;

    @Reference(optional = true)
    @Nullable
    Ledger ledger;

    @Override
    ShellTable table() throws CommandException {
        var table = new ShellTable();
        table.column("account");
        table.column("name");
        table.column("credit");
        table.column("held");
        table.column("overdraft");
        table.column("keys");
        var book = Part.of(ledger, "ledger");
        var keys = Part.of(apiKeys, "access").keys().stream()
                .map(ApiKey::account)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        for (var account : Part.of(accounts, "access").accounts()) {
            var balance = book.balance(account.id());
            table.addRow()
                    .addContent(
                            account.id(),
                            Wording.harmless(account.name()),
                            balance.credit(),
                            balance.held(),
                            account.equals(Account.OPERATOR) ? "any" : account.overdraft(),
                            keys.getOrDefault(account, 0L));
        }
        return table;
    }
}
