package io.patchbay.console;

import io.patchbay.api.catalog.ProviderKeys;
import io.patchbay.api.failure.FailureException;
import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.jspecify.annotations.Nullable;

/** {@code patchbay:master-key-rotate}. */
@Service
@Command(
        scope = "patchbay",
        name = "master-key-rotate",
        description = "Encrypts the stored keys of providers with a new master key.",
        detailedDescription =
                "The old master key is of no use afterwards; requests go on meanwhile. Where the environment"
                        + " variable PATCHBAY_MASTER_KEY is set, keys that were stored before it was are encrypted with it, too,"
                        + " and master.key goes. To replace the variable itself, restart with the new value in it and the old one"
                        + " in PATCHBAY_MASTER_KEY_PREVIOUS.")
public final class MasterKeyRotateCommand implements Action {
    @Reference(optional = true)
    @Nullable
    ProviderKeys keys;

    @Override
    public @Nullable Object execute() throws CommandException {
        print(System.out);
        return null;
    }

    void print(PrintStream out) throws CommandException {
        try {
            int count = Part.of(keys, "catalog").rotateMasterKey();
            out.println(
                    count == 0
                            ? "No key of a provider is stored: there is nothing to encrypt."
                            : Wording.counted(count, "key") + " encrypted with a new master key.");
        } catch (FailureException refused) {
            throw Part.refusal(Wording.harmless(refused.failure().message()));
        }
    }
}
