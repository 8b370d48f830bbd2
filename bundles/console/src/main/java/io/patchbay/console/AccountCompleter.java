package io.patchbay.console;

import io.patchbay.api.access.Account;
import io.patchbay.api.access.Accounts;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.jspecify.annotations.Nullable;

/** Completes ids of accounts. */
@Service
public final class AccountCompleter implements Completer {
    @Reference(optional = true)
    @Nullable
    Accounts accounts;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        if (accounts == null) {
            return -1;
        }
        var ids = accounts.accounts().stream().map(Account::id).toList();
        return new StringsCompleter(ids).complete(session, line, candidates);
    }
}
