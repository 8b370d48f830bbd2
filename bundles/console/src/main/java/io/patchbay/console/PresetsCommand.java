package io.patchbay.console;

import io.patchbay.api.access.Accounts;
import io.patchbay.api.presets.Preset;
import io.patchbay.api.presets.Presets;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;

/** {@code patchbay:presets}. */
@Service
@Command(
        scope = "patchbay",
        name = "presets",
        description = "Lists the presets of accounts: what requests that name one have filled in.")
public final class PresetsCommand extends Listing {
    @Option(name = "--account", description = "Only those of this account.")
    @Completion(AccountCompleter.class)
    String account = "";

    @Reference(optional = true)
    @Nullable
    Accounts accounts;

    @Reference(optional = true)
    @Nullable
    Presets presets;

    @Override
    ShellTable table() throws CommandException {
        var table = new ShellTable().emptyTableText("No presets. POST /presets/NAME/chat/completions saves one.");
        table.column("preset");
        table.column("account");
        table.column("version");
        table.column("saved");
        table.column("says");
        var there = Part.of(presets, "presets");
        for (var owner : AccountChoice.of(accounts, account)) {
            for (var preset : there.all(owner)) {
                table.addRow()
                        .addContent(
                                preset.slug(),
                                owner,
                                preset.version(),
                                preset.created().truncatedTo(ChronoUnit.SECONDS),
                                fields(preset));
            }
        }
        return table;
    }

    private static String fields(Preset preset) {
        var fields = new ArrayList<>(preset.config().names());
        if (!preset.systemPrompt().isEmpty()) {
            fields.add("system prompt");
        }
        return Wording.harmless(String.join(", ", fields));
    }
}
