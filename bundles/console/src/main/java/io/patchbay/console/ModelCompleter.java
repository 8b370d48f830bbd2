package io.patchbay.console;

import io.patchbay.api.catalog.Catalog;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.jspecify.annotations.Nullable;

/** Completes the names of models that can be used now. */
@Service
public final class ModelCompleter implements Completer {
    @Reference(optional = true)
    @Nullable
    Catalog catalog;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        var known = catalog;
        if (known == null) {
            return -1;
        }
        var names = known.endpoints().stream()
                .map(endpoint -> endpoint.model().toString())
                .toList();
        return new StringsCompleter(names).complete(session, line, candidates);
    }
}
