package io.patchbay.console;

import io.patchbay.api.catalog.Catalog;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;

/** {@code patchbay:providers}. */
@Service
@Command(
        scope = "patchbay",
        name = "providers",
        description = "Lists the providers that are configured, and whether each can be used.")
public final class ProvidersCommand extends Listing {
    @Reference(optional = true)
    @Nullable
    Catalog catalog;

    @Override
    ShellTable table() throws CommandException {
        var table = new ShellTable()
                .emptyTableText("No providers. Each is one file etc/io.patchbay.provider~NAME.cfg, or comes with its"
                        + " adapter: feature:install patchbay-adapter-sandbox");
        table.column("name");
        table.column("adapter");
        table.column("state");
        table.column("models").alignRight();
        table.column("detail");
        for (var status : Part.of(catalog, "catalog").providers()) {
            var provider = status.provider();
            table.addRow()
                    .addContent(
                            provider.name(),
                            provider.adapter(),
                            Wording.of(status.state()),
                            status.endpoints(),
                            Wording.harmless(status.detail()));
        }
        return table;
    }
}
