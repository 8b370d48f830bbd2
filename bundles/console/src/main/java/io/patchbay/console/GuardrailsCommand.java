package io.patchbay.console;

import io.patchbay.api.access.Accounts;
import io.patchbay.api.guardrails.AccountGuardrail;
import io.patchbay.api.guardrails.ContentFilter;
import io.patchbay.api.guardrails.Guardrails;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;

/** {@code patchbay:guardrails}. */
@Service
@Command(
        scope = "patchbay",
        name = "guardrails",
        description = "Lists the guardrails of accounts: to whose requests they apply, what may be used and spent, and"
                + " what is looked for in texts.",
        detailedDescription = "Where several apply to a request, the stricter counts. What a pattern looks for is not"
                + " shown, but its label; builtin ones are shown by name.")
public final class GuardrailsCommand extends Listing {
    @Option(name = "--account", description = "Only those of this account.")
    @Completion(AccountCompleter.class)
    String account = "";

    @Reference(optional = true)
    @Nullable
    Accounts accounts;

    @Reference(optional = true)
    @Nullable
    Guardrails guardrails;

    @Override
    ShellTable table() throws CommandException {
        var table = new ShellTable().emptyTableText("No guardrails. POST /guardrails makes one.");
        table.column("name");
        table.column("account");
        table.column("applies to");
        table.column("spending");
        table.column("may use");
        table.column("looks for");
        table.column("id");
        var there = Part.of(guardrails, "guardrails");
        for (var owner : AccountChoice.of(accounts, account)) {
            for (var guardrail : there.all(owner)) {
                var rules = guardrail.rules();
                table.addRow()
                        .addContent(
                                Wording.harmless(rules.name()),
                                owner,
                                scope(guardrail),
                                rules.spending()
                                        .map(GuardrailsCommand::spending)
                                        .orElse("any"),
                                Wording.rules(rules.permissions(), Optional.empty()),
                                rules.filters().stream()
                                        .map(GuardrailsCommand::described)
                                        .collect(Collectors.joining(", ")),
                                guardrail.id());
            }
        }
        return table;
    }

    private static String scope(AccountGuardrail guardrail) {
        return guardrail.rules().wholeAccount()
                ? "all keys"
                : Wording.counted(guardrail.keys().size(), "key");
    }

    private static String spending(AccountGuardrail.SpendingLimit spending) {
        return "$" + spending.limit() + Wording.perPeriod(spending.period())
                + (spending.countsOwnCost() ? ", own keys of providers included" : "");
    }

    private static String described(ContentFilter filter) {
        var name = filter.isBuiltin() ? filter.pattern() : filter.label().isEmpty() ? "a pattern" : filter.label();
        return Wording.harmless(name) + " (" + filter.action().word() + ", "
                + filter.side().word() + ')';
    }
}
