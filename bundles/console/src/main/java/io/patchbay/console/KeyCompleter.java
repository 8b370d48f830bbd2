package io.patchbay.console;

import io.patchbay.api.access.ApiKey;
import io.patchbay.api.access.ApiKeys;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.jspecify.annotations.Nullable;

/** Completes labels of API keys. */
@Service
public final class KeyCompleter implements Completer {
    @Reference(optional = true)
    @Nullable
    ApiKeys keys;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        if (keys == null) {
            return -1;
        }
        var labels = keys.keys().stream().map(ApiKey::label).toList();
        return new StringsCompleter(labels).complete(session, line, candidates);
    }
}
