package io.patchbay.console;

import io.patchbay.api.access.Account;
import io.patchbay.api.access.Accounts;
import io.patchbay.api.access.ApiKey.Purpose;
import io.patchbay.api.access.ApiKeys;
import io.patchbay.api.failure.FailureException;
import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.jspecify.annotations.Nullable;

/** {@code patchbay:key-create}. */
@Service
@Command(
        scope = "patchbay",
        name = "key-create",
        description = "Makes an API key and prints its secret, this once.",
        detailedDescription = "An inference key is for applications: it can ask models. A management key is for"
                + " administration: it can manage keys and credits of its account but can't ask models; one of the"
                + " account operator manages those of all.")
public final class KeyCreateCommand extends KeySettings {
    @Argument(name = "name", description = "What to call the key.", required = true)
    String name = "";

    @Option(name = "--account", description = "Who pays; the operator if not given.")
    @Completion(AccountCompleter.class)
    String account = Account.OPERATOR.id();

    @Option(name = "--management", description = "Makes a management key instead of an inference key.")
    boolean management;

    @Reference(optional = true)
    @Nullable
    ApiKeys keys;

    @Reference(optional = true)
    @Nullable
    Accounts accounts;

    @Override
    public @Nullable Object execute() throws CommandException {
        print(System.out);
        return null;
    }

    void print(PrintStream out) throws CommandException {
        var change = change();
        var payer = Part.of(accounts, "access")
                .findAccount(account)
                .orElseThrow(() -> AccountCreateCommand.unknown(account));
        try {
            var issued = Part.of(keys, "access")
                    .create(
                            payer,
                            blank -> change.apply(blank.build(), blank)
                                    .name(name)
                                    .purpose(management ? Purpose.MANAGEMENT : Purpose.INFERENCE));
            out.println(issued.secret().reveal());
            out.println();
            out.println("This is the secret of the " + Wording.of(issued.key().purpose()) + " key \"" + name
                    + "\". Keep it: it can't be shown again.");
            out.println(
                    "Clients send it as \"Authorization: Bearer SECRET\"; in OpenAI's libraries it is the api_key.");
        } catch (FailureException refused) {
            throw Part.refusal(refused.failure().message());
        }
    }
}
