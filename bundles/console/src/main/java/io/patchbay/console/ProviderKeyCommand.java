package io.patchbay.console;

import io.patchbay.api.access.Accounts;
import io.patchbay.api.catalog.Catalog;
import io.patchbay.api.catalog.ProviderKeys;
import io.patchbay.api.catalog.ProviderStatus;
import io.patchbay.api.catalog.ProviderStatus.State;
import io.patchbay.api.failure.FailureException;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.CommandException;
import org.jspecify.annotations.Nullable;

/** {@code patchbay:provider-key}. The key is never an argument: those are kept in the console's history. */
@Service
@Command(
        scope = "patchbay",
        name = "provider-key",
        description = "Asks for the API key of a provider, keeps it encrypted and uses it at once.",
        detailedDescription = "What is typed does not show. The stored key is used in the place of the one that the"
                + " provider's file or the environment gives, and outlives a restart. An empty line or Ctrl-C changes"
                + " nothing. Where the input is no terminal, one line of it is read. docs/operations.md tells where the"
                + " key is kept and what protects it.")
public final class ProviderKeyCommand implements Action {
    /** Longer than a provider that is well takes to name its models. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration PAUSE = Duration.ofMillis(20);

    @Argument(name = "name", description = "The provider's name.", required = true)
    @Completion(ProviderCompleter.class)
    String name = "";

    @Option(name = "--remove", description = "Forgets the stored key instead.")
    boolean remove;

    @Option(
            name = "--account",
            description = "Whose own key it is: its requests are tried with it first, and it pays the provider itself.")
    @Completion(AccountCompleter.class)
    String account = "";

    @Reference(optional = true)
    @Nullable
    Catalog catalog;

    @Reference(optional = true)
    @Nullable
    Accounts accounts;

    @Reference(optional = true)
    @Nullable
    ProviderKeys keys;

    @Reference
    @Nullable
    Session session;

    @Override
    public @Nullable Object execute() throws CommandException, IOException, InterruptedException {
        print(System.out);
        return null;
    }

    void print(PrintStream out) throws CommandException, IOException, InterruptedException {
        var present = Part.of(catalog, "catalog");
        var kept = Part.of(keys, "catalog");
        if (!account.isEmpty()
                && Part.of(accounts, "access").findAccount(account).isEmpty()) {
            throw AccountCreateCommand.unknown(account);
        }
        try {
            if (remove) {
                forget(present, kept, out);
            } else {
                store(present, kept, out);
            }
        } catch (FailureException refused) {
            throw Part.refusal(Wording.harmless(refused.failure().message()));
        }
    }

    private void store(Catalog present, ProviderKeys kept, PrintStream out)
            throws CommandException, IOException, InterruptedException {
        var status = status(present).orElseThrow(() -> unknown(present));
        if (status.provider().baseUrl().isEmpty()) {
            throw Part.refusal(name + " runs inside Patchbay and needs no key.");
        }
        var console = Part.of(session, "console");
        var asked = KeyPrompt.ask(console, "Key of " + name + ": ");
        if (asked.isEmpty()) {
            throw Part.refusal(
                    KeyPrompt.isTerminal(console)
                            ? "No key was given: nothing is changed."
                            : "Standard input held no key: nothing is changed. In the console (patchbay console) you are"
                                    + " asked for it.");
        }
        if (account.isEmpty()) {
            kept.store(name, asked.get());
            out.println("Stored. " + outcome(present));
        } else {
            kept.store(account, name, asked.get());
            out.println("Stored: requests of " + account + " are tried with it first.");
        }
    }

    private void forget(Catalog present, ProviderKeys kept, PrintStream out)
            throws CommandException, InterruptedException {
        if (!account.isEmpty()) {
            if (!kept.remove(account, name)) {
                throw Part.refusal(account + " has no key of its own of " + name + ": nothing is changed.");
            }
            out.println("Removed.");
        } else if (kept.remove(name)) {
            out.println("Removed. " + outcome(present));
        } else if (status(present).isEmpty()) {
            throw unknown(present);
        } else {
            throw Part.refusal("No key of " + name + " is stored: nothing is changed.");
        }
    }

    /** How the provider is, once it has been asked for its models where it has to be. */
    private String outcome(Catalog present) throws InterruptedException {
        await(() -> status(present)
                .filter(status -> status.state() == State.DISCOVERING)
                .isEmpty());
        return status(present).map(ProviderKeyCommand::told).orElse(name + " is not configured.");
    }

    private static String told(ProviderStatus status) {
        var models = status.state() == State.READY ? ", " + Wording.counted(status.endpoints(), "model") : "";
        return Wording.harmless(
                status.provider().name() + ": " + Wording.of(status.state()) + models + ". " + status.detail());
    }

    private static void await(BooleanSupplier settled) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!settled.getAsBoolean() && System.nanoTime() - deadline < 0) {
            TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
        }
    }

    private Optional<ProviderStatus> status(Catalog present) {
        return present.providers().stream()
                .filter(status -> status.provider().name().equals(name))
                .findFirst();
    }

    private CommandException unknown(Catalog present) {
        var close = Names.closeTo(
                name,
                present.providers().stream()
                        .map(status -> status.provider().name())
                        .toList());
        return Part.refusal(
                "There is no provider \"" + Wording.harmless(name) + "\", or its file says enabled = false. "
                        + (close.isEmpty()
                                ? "\"patchbay:providers --all\" lists all."
                                : "Did you mean " + String.join(", ", close) + "?"));
    }
}
