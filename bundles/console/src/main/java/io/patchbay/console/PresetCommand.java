package io.patchbay.console;

import io.patchbay.api.access.Accounts;
import io.patchbay.api.presets.Preset;
import io.patchbay.api.presets.Presets;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.jspecify.annotations.Nullable;

/** {@code patchbay:preset}. */
@Service
@Command(
        scope = "patchbay",
        name = "preset",
        description =
                "Shows what a preset fills in: its latest version, which is the one that counts, or an older one.")
public final class PresetCommand implements Action {
    @Argument(name = "name", description = "The preset; \"patchbay:presets\" lists them.", required = true)
    String slug = "";

    @Option(name = "--account", description = "Whose it is, if several accounts have one of this name.")
    @Completion(AccountCompleter.class)
    String account = "";

    @Option(name = "--version", description = "Which version of it.")
    int version;

    @Reference(optional = true)
    @Nullable
    Accounts accounts;

    @Reference(optional = true)
    @Nullable
    Presets presets;

    @Override
    public @Nullable Object execute() throws CommandException {
        print(System.out);
        return null;
    }

    void print(PrintStream out) throws CommandException {
        var versions = versions();
        var preset = version == 0
                ? versions.get(versions.size() - 1)
                : versions.stream()
                        .filter(one -> one.version() == version)
                        .findFirst()
                        .orElseThrow(
                                () -> Part.refusal("Versions of \"" + slug + "\" are 1 to " + versions.size() + "."));
        out.println("Preset " + preset.slug() + " of the account " + preset.account() + ", version " + preset.version()
                + " of " + versions.size() + ", saved " + preset.created());
        for (var name : preset.config().names()) {
            var value = preset.config().element(name).map(Object::toString).orElse("");
            out.println(Wording.harmless("  " + name + ": " + value));
        }
        if (!preset.systemPrompt().isEmpty()) {
            out.println(Wording.harmless("  system prompt: " + preset.systemPrompt()));
        }
    }

    /** At least one. */
    private List<Preset> versions() throws CommandException {
        var there = Part.of(presets, "presets");
        var found = new ArrayList<List<Preset>>();
        for (var owner : AccountChoice.of(accounts, account)) {
            var versions = there.versions(owner, slug);
            if (!versions.isEmpty()) {
                found.add(versions);
            }
        }
        if (found.isEmpty()) {
            throw Part.refusal("There is no preset \"" + slug + "\". \"patchbay:presets\" lists those there are.");
        }
        if (found.size() > 1) {
            throw Part.refusal(found.size() + " accounts have a preset \"" + slug + "\": say --account "
                    + found.get(0).get(0).account() + ", for instance.");
        }
        return found.get(0);
    }
}
