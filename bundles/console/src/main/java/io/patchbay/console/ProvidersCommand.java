package io.patchbay.console;

import io.patchbay.api.catalog.Catalog;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.catalog.ProviderKeys;
import io.patchbay.api.catalog.ProviderStatus.State;
import java.util.Optional;
import java.util.Set;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
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
        description =
                "Lists the providers that are configured, and whether each can be used. Those without a credential"
                        + " are only counted. \"key\" tells where the credential comes from: stored by"
                        + " patchbay:provider-key, or the provider's file, which may name an environment variable.")
public final class ProvidersCommand extends Listing {
    @Option(name = "--all", description = "Lists those without a credential too.")
    boolean all;

    @Reference(optional = true)
    @Nullable
    Catalog catalog;

    @Reference(optional = true)
    @Nullable
    ProviderKeys keys;

    private long untold;

    @Override
    ShellTable table() throws CommandException {
        var table = new ShellTable()
                .emptyTableText("No providers. Each is one file etc/io.patchbay.provider~NAME.cfg, or comes with its"
                        + " adapter: feature:install patchbay-adapter-sandbox");
        table.column("name");
        table.column("adapter");
        table.column("state");
        table.column("models").alignRight();
        table.column("key");
        table.column("detail");
        untold = 0;
        var stored = keys == null ? Set.<String>of() : keys.stored();
        for (var status : Part.of(catalog, "catalog").providers()) {
            if (!all && status.state() == State.NO_CREDENTIAL) {
                untold++;
                continue;
            }
            var provider = status.provider();
            table.addRow()
                    .addContent(
                            provider.name(),
                            provider.adapter(),
                            Wording.of(status.state()),
                            status.endpoints(),
                            origin(provider, stored),
                            Wording.harmless(status.detail()));
        }
        return table;
    }

    /** Where its key comes from. */
    private static String origin(Provider provider, Set<String> stored) {
        if (stored.contains(provider.name())) {
            return "stored";
        }
        return provider.credential().isPresent() ? "file" : "-";
    }

    @Override
    Optional<String> footnote() {
        return untold == 0
                ? Optional.empty()
                : Optional.of("and " + untold + " more without a credential: patchbay:providers --all");
    }
}
