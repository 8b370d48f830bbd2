package io.patchbay.console;

import io.patchbay.api.access.ApiKey;
import io.patchbay.api.access.ApiKeys;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;

/** {@code patchbay:key-disable}. */
@Service
@Command(
        scope = "patchbay",
        name = "key-disable",
        description = "Makes an API key good for nothing, until it is enabled again.")
public final class KeyDisableCommand extends KeyCommand {
    @Option(name = "--undo", description = "Enables it again.")
    boolean undo;

    @Override
    String apply(ApiKeys all, ApiKey found) throws CommandException {
        var changed = all.change(found.id(), builder -> builder.disabled(!undo)).orElseThrow(() -> KeyChoice.gone(key));
        return changed.label() + (changed.disabled() ? " is disabled." : " is enabled.");
    }
}
