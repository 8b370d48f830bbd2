package io.patchbay.console;

import io.patchbay.api.catalog.Catalog;
import io.patchbay.api.health.EndpointHealth;
import io.patchbay.api.health.Health;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;

/** {@code patchbay:health}. */
@Service
@Command(
        scope = "patchbay",
        name = "health",
        description = "Shows how the endpoints have fared lately, and which are ejected and for how long.",
        detailedDescription = "An endpoint that keeps failing is ejected: passed over for a while, then tried again."
                + " Failures that are the client's own fault don't count.")
public final class HealthCommand extends Listing {
    @Argument(name = "provider", description = "Shows only endpoints of this provider.")
    @Completion(ProviderCompleter.class)
    String provider = "";

    @Reference(optional = true)
    @Nullable
    Catalog catalog;

    @Reference(optional = true)
    @Nullable
    Health health;

    @Override
    ShellTable table() throws CommandException {
        var table = new ShellTable().emptyTableText("No endpoints. \"patchbay:providers\" shows why.");
        table.column("endpoint");
        table.column("state");
        table.column("reason");
        table.column("returns in").alignRight();
        table.column("answers").alignRight();
        table.column("failures").alignRight();
        var known = Part.of(health, "health");
        for (var endpoint : Part.of(catalog, "catalog").endpoints()) {
            if (provider.isEmpty() || endpoint.provider().name().equals(provider)) {
                var now = known.of(endpoint.id());
                table.addRow()
                        .addContent(
                                endpoint.id(),
                                state(now),
                                Wording.harmless(now.reason()),
                                now.ejected() ? Wording.of(now.returnsIn()) : "",
                                now.successes(),
                                now.failures());
            }
        }
        return table;
    }

    private static String state(EndpointHealth now) {
        if (now.ejected()) {
            return "ejected";
        }
        if (now.successes() > 0) {
            return "ok";
        }
        return now.failures() > 0 ? "failing" : "not tried";
    }
}
