package io.patchbay.console;

import io.patchbay.api.access.Access;
import java.time.temporal.ChronoUnit;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;

/** {@code patchbay:keys}. */
@Service
@Command(scope = "patchbay", name = "keys", description = "Lists the API keys, the newest first. Secrets aren't shown.")
public final class KeysCommand extends Listing {
    @Reference(optional = true)
    @Nullable
    Access access;

    @Override
    ShellTable table() throws CommandException {
        var table = new ShellTable().emptyTableText("No API keys. \"patchbay:key-create NAME\" makes one.");
        table.column("label");
        table.column("name");
        table.column("purpose");
        table.column("created");
        for (var key : Part.of(access, "access").keys()) {
            table.addRow()
                    .addContent(
                            key.label(),
                            Wording.harmless(key.name()),
                            Wording.of(key.purpose()),
                            key.created().truncatedTo(ChronoUnit.SECONDS));
        }
        return table;
    }
}
