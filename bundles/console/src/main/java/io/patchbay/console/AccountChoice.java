package io.patchbay.console;

import io.patchbay.api.access.Account;
import io.patchbay.api.access.Accounts;
import java.util.List;
import org.apache.karaf.shell.support.CommandException;
import org.jspecify.annotations.Nullable;

/** Whose things a command shows. */
final class AccountChoice {
    private AccountChoice() {}

    /**
     * Ids of accounts.
     *
     * @param id of the only one; empty for all
     */
    static List<String> of(@Nullable Accounts accounts, String id) throws CommandException {
        var there = Part.of(accounts, "access");
        if (id.isEmpty()) {
            return there.accounts().stream().map(Account::id).toList();
        }
        if (there.findAccount(id).isEmpty()) {
            throw AccountCreateCommand.unknown(id);
        }
        return List.of(id);
    }
}
