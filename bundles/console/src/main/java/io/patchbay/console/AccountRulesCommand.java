package io.patchbay.console;

import io.patchbay.api.access.Accounts;
import io.patchbay.api.failure.FailureException;
import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.jspecify.annotations.Nullable;

/** {@code patchbay:account-rules}. */
@Service
@Command(
        scope = "patchbay",
        name = "account-rules",
        description = "Says what all keys of an account may use at the most, and how their requests are routed.",
        detailedDescription = "Without options it shows the rules. What a key says of itself (patchbay:key-limit) is"
                + " added to them: only what both allow is used. They count from the next request on.")
public final class AccountRulesCommand extends RuleSettings {
    @Argument(name = "id", description = "The account.", required = true)
    @Completion(AccountCompleter.class)
    String id = "";

    @Reference(optional = true)
    @Nullable
    Accounts accounts;

    @Override
    public @Nullable Object execute() throws CommandException {
        print(System.out);
        return null;
    }

    void print(PrintStream out) throws CommandException {
        var all = Part.of(accounts, "access");
        var old = all.findAccount(id).orElseThrow(() -> AccountCreateCommand.unknown(id));
        var change = permissionsChange();
        try {
            var account = all.changeAccount(
                            id,
                            builder -> builder.permissions(change.apply(old.permissions()))
                                    .strategy(strategyAfter(old.strategy())))
                    .orElse(old);
            out.println("Rules of the account " + id + ": " + Wording.rules(account.permissions(), account.strategy())
                    + '.');
        } catch (FailureException refused) {
            throw Part.refusal(refused.failure().message());
        }
    }
}
