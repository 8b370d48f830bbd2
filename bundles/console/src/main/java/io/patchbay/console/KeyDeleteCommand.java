package io.patchbay.console;

import io.patchbay.api.access.ApiKey;
import io.patchbay.api.access.ApiKeys;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;

/** {@code patchbay:key-delete}. */
@Service
@Command(scope = "patchbay", name = "key-delete", description = "Deletes an API key for good.")
public final class KeyDeleteCommand extends KeyCommand {
    @Override
    String apply(ApiKeys all, ApiKey found) throws CommandException {
        if (!all.delete(found.id())) {
            throw KeyChoice.gone(key);
        }
        return found.label() + " is deleted.";
    }
}
