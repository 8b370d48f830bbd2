package io.patchbay.console;

import io.patchbay.api.routing.Router;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;

/** {@code patchbay:strategies}. */
@Service
@Command(
        scope = "patchbay",
        name = "strategies",
        description = "Shows the routing strategies that are installed, and which is the default.",
        detailedDescription =
                "Clients choose one by provider.sort. The default for all others is set by \"strategy\" in"
                        + " etc/io.patchbay.router.cfg.")
public final class StrategiesCommand extends Listing {
    @Reference(optional = true)
    @Nullable
    Router router;

    @Override
    ShellTable table() throws CommandException {
        var table =
                new ShellTable().emptyTableText("No routing strategy is installed: endpoints are tried as they come.");
        table.column("strategy");
        table.column("default");
        var known = Part.of(router, "router");
        for (var strategy : known.strategies()) {
            table.addRow()
                    .addContent(Wording.harmless(strategy), strategy.equals(known.defaultStrategy()) ? "yes" : "");
        }
        return table;
    }
}
