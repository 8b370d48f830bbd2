package io.patchbay.console;

import io.patchbay.api.access.Accounts;
import io.patchbay.api.billing.Billing;
import io.patchbay.api.billing.Deposit;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.ledger.Ledger;
import java.io.PrintStream;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.jspecify.annotations.Nullable;

/** {@code patchbay:credit-grant}. */
@Service
@Command(
        scope = "patchbay",
        name = "credit-grant",
        description = "Gives an account credit.",
        detailedDescription =
                "Without --paid the credit is a present. With it, somebody has paid for it: it is booked as"
                        + " a payment, and the top-up fee of etc/io.patchbay.billing.cfg comes on top.")
public final class CreditGrantCommand implements Action {
    @Argument(name = "account", description = "Who gets it.", required = true)
    @Completion(AccountCompleter.class)
    String account = "";

    @Argument(index = 1, name = "dollars", description = "How much, in US dollars: 25 or 0.50.", required = true)
    String dollars = "";

    @Option(name = "--paid", description = "Somebody has paid for it.")
    boolean paid;

    @Option(name = "--id", description = "Makes it happen once, however often the command is run: an invoice's number.")
    String id = "";

    @Option(name = "--note", description = "What an auditor may want to know.")
    String note = "";

    @Reference(optional = true)
    @Nullable
    Billing billing;

    @Reference(optional = true)
    @Nullable
    Ledger ledger;

    @Reference(optional = true)
    @Nullable
    Accounts accounts;

    @Override
    public @Nullable Object execute() throws CommandException {
        print(System.out);
        return null;
    }

    void print(PrintStream out) throws CommandException {
        var amount = Dollars.positive(dollars);
        if (Part.of(accounts, "access").findAccount(account).isEmpty()) {
            throw AccountCreateCommand.unknown(account);
        }
        var once = id.isEmpty() ? "deposit-" + UUID.randomUUID() : id;
        try {
            var transfer = Part.of(billing, "billing")
                    .deposit(new Deposit(once, account, amount, paid, note))
                    .toCompletableFuture()
                    .join();
            out.println(transfer.id() + ": " + account + " has $"
                    + Part.of(ledger, "ledger").balance(account).credit());
        } catch (CompletionException failed) {
            throw FailureException.find(failed)
                    .map(failure -> Part.refusal(failure.message()))
                    .orElseThrow(() -> failed);
        } catch (IllegalArgumentException unusable) {
            throw Part.refusal(String.valueOf(unusable.getMessage()));
        }
    }
}
