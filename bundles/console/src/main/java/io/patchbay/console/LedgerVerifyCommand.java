package io.patchbay.console;

import io.patchbay.api.failure.FailureException;
import io.patchbay.api.ledger.Ledger;
import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.jspecify.annotations.Nullable;

/** {@code patchbay:ledger-verify}. */
@Service
@Command(
        scope = "patchbay",
        name = "ledger-verify",
        description = "Reckons the whole ledger again and says what is wrong with it.",
        detailedDescription = "Every transfer must balance, and every balance must be the sum of its entries. Fails if"
                + " anything is wrong. Generations go on meanwhile.")
public final class LedgerVerifyCommand implements Action {
    @Reference(optional = true)
    @Nullable
    Ledger ledger;

    @Override
    public @Nullable Object execute() throws CommandException {
        print(System.out);
        return null;
    }

    void print(PrintStream out) throws CommandException {
        try {
            var audit = Part.of(ledger, "ledger").verify();
            audit.differences().forEach(out::println);
            if (!audit.differences().isEmpty()) {
                throw Part.refusal("The ledger is wrong: see above.");
            }
            out.println("The ledger is right: " + audit.transfers() + " transfers.");
        } catch (FailureException unreadable) {
            throw Part.refusal(unreadable.failure().message());
        }
    }
}
