package io.patchbay.console;

import io.patchbay.api.access.ApiKeys;
import io.patchbay.api.failure.FailureException;
import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.jspecify.annotations.Nullable;

/** {@code patchbay:key-limit}. */
@Service
@Command(
        scope = "patchbay",
        name = "key-limit",
        description = "Changes what an API key may do.",
        detailedDescription = "What no option names stays as it is. It counts for every request that comes" + " later.")
public final class KeyLimitCommand extends KeySettings {
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
        var change = change();
        var all = Part.of(keys, "access");
        var found = KeyChoice.of(all, key);
        try {
            var changed = all.change(found.id(), builder -> change.apply(found, builder))
                    .orElseThrow(() -> KeyChoice.gone(key));
            out.println(changed.label() + ": " + Wording.limits(changed));
        } catch (FailureException refused) {
            throw Part.refusal(refused.failure().message());
        }
    }
}
