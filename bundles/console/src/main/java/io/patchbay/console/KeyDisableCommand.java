package io.patchbay.console;

import io.patchbay.api.access.ApiKeys;
import io.patchbay.api.failure.FailureException;
import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.jspecify.annotations.Nullable;

/** {@code patchbay:key-disable}. */
@Service
@Command(
        scope = "patchbay",
        name = "key-disable",
        description = "Makes an API key good for nothing, until it is enabled again.")
public final class KeyDisableCommand implements Action {
    @Argument(name = "key", description = KeyChoice.DESCRIPTION, required = true)
    @Completion(KeyCompleter.class)
    String key = "";

    @Option(name = "--undo", description = "Enables it again.")
    boolean undo;

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
            var changed =
                    all.change(found.id(), builder -> builder.disabled(!undo)).orElseThrow(() -> KeyChoice.gone(key));
            out.println(changed.label() + (changed.disabled() ? " is disabled." : " is enabled."));
        } catch (FailureException refused) {
            throw Part.refusal(refused.failure().message());
        }
    }
}
