package io.patchbay.console;

import io.patchbay.api.access.ApiKey;
import io.patchbay.api.access.ApiKeys;
import io.patchbay.api.failure.FailureException;
import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.support.CommandException;
import org.jspecify.annotations.Nullable;

/** A command that does something to an API key. */
abstract class KeyCommand implements Action {
    @Argument(name = "key", description = KeyChoice.DESCRIPTION, required = true)
    @Completion(KeyCompleter.class)
    String key = "";

    @Reference(optional = true)
    @Nullable
    ApiKeys keys;

    @Override
    public final @Nullable Object execute() throws CommandException {
        print(System.out);
        return null;
    }

    final void print(PrintStream out) throws CommandException {
        var all = Part.of(keys, "access");
        var found = KeyChoice.of(all, key);
        try {
            out.println(apply(all, found));
        } catch (FailureException refused) {
            throw Part.refusal(refused.failure().message());
        }
    }

    /** Does it; returns what to tell. */
    abstract String apply(ApiKeys all, ApiKey found) throws CommandException;
}
