package io.patchbay.console;

import io.patchbay.api.access.Accounts;
import io.patchbay.api.failure.FailureException;
import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.jspecify.annotations.Nullable;

/** {@code patchbay:account-create}. */
@Service
@Command(
        scope = "patchbay",
        name = "account-create",
        description = "Makes an account: whoever pays for what its API keys are used for.",
        detailedDescription = "It begins without credit: patchbay:credit-grant gives it some, and"
                + " patchbay:key-create --account ID NAME makes a key of it.")
public final class AccountCreateCommand implements Action {
    @Argument(
            name = "id",
            description = "Names it: lower-case letters, digits, dots, dashes, underscores.",
            required = true)
    String id = "";

    @Option(name = "--name", description = "What to call it.")
    String name = "";

    @Option(name = "--overdraft", description = "How far its credit may go below zero, in US dollars.")
    String overdraft = "0";

    @Reference(optional = true)
    @Nullable
    Accounts accounts;

    @Override
    public @Nullable Object execute() throws CommandException {
        print(System.out);
        return null;
    }

    void print(PrintStream out) throws CommandException {
        var allowed = Dollars.atLeastZero(overdraft);
        try {
            var account = Part.of(accounts, "access")
                    .create(
                            id,
                            builder -> builder.name(name.isEmpty() ? id : name).overdraft(allowed));
            out.println("Made the account " + account.id() + ". Its credit is $0: patchbay:credit-grant " + account.id()
                    + " DOLLARS gives it some.");
        } catch (FailureException refused) {
            throw Part.refusal(refused.failure().message());
        }
    }

    static CommandException unknown(String account) {
        return Part.refusal("There is no account \"" + account + "\". \"patchbay:accounts\" lists those there are.");
    }
}
