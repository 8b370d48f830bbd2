package io.patchbay.console;

import io.patchbay.api.access.ApiKeys;
import io.patchbay.api.failure.FailureException;
import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.jspecify.annotations.Nullable;

/** {@code patchbay:key-delete}. */
@Service
@Command(scope = "patchbay", name = "key-delete", description = "Deletes an API key for good.")
public final class KeyDeleteCommand implements Action {
    @Argument(name = "key", description = KeyChoice.DESCRIPTION, required = true)
    @Completion(KeyCompleter.class)
    String key = "";

    @Reference(optional = true)
    @Nullable
    ApiKeys keys;

    @Override
    public @Nullable Object execute() throws CommandException {
        print(System.out);
        return null;
    }

    void print(PrintStream out) throws CommandException {
        var all = Part.of(keys, "access");
        var found = KeyChoice.of(all, key);
        try {
            if (!all.delete(found.id())) {
                throw KeyChoice.gone(key);
            }
            out.println(found.label() + " is deleted.");
        } catch (FailureException refused) {
            throw Part.refusal(refused.failure().message());
        }
    }
}
