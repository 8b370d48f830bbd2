package io.patchbay.console;

import java.util.Arrays;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** Completes the names of Patchbay's bundles that are installed. */
@Service
public final class BundleCompleter implements Completer {
    @Reference
    @Nullable
    BundleContext framework;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        var known = framework;
        if (known == null) {
            return -1;
        }
        var names = Arrays.stream(known.getBundles())
                .map(Bundle::getSymbolicName)
                .filter(name -> name != null && name.startsWith("io.patchbay."))
                .toList();
        return new StringsCompleter(names).complete(session, line, candidates);
    }
}
