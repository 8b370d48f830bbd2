package io.patchbay.console;

import io.patchbay.api.access.Permissions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.support.CommandException;

/** A command that says what an API key or an account may use. What it is not told stays as it is. */
abstract class RuleSettings implements Action {
    static final String NONE = "none";
    static final String UNSAID = "";

    @Option(name = "--models", description = "What may be asked, separated by commas: author/name, author/*; or all.")
    String models = UNSAID;

    @Option(name = "--providers", description = "Who may answer, separated by commas; or all.")
    String providers = UNSAID;

    @Option(name = "--regions", description = "Where prompts may be processed, separated by commas; or all.")
    String regions = UNSAID;

    @Option(
            name = "--data-collection",
            description = "deny: no providers that may keep prompts or train with them; or allow.")
    String dataCollection = UNSAID;

    @Option(
            name = "--data-retention",
            description = "deny: no providers that may retain prompts for any time (ZDR); or allow.")
    String dataRetention = UNSAID;

    @Option(name = "--strategy", description = "Routing strategy for requests that ask for none; or none.")
    String strategy = UNSAID;

    /** What becomes of permissions. */
    interface PermissionsChange {
        Permissions apply(Permissions old);
    }

    /** Once everything has been read. */
    final PermissionsChange permissionsChange() throws CommandException {
        var collects = allows("--data-collection", dataCollection);
        var retains = allows("--data-retention", dataRetention);
        return old -> {
            var changed = old;
            if (!models.isEmpty()) {
                changed = changed.withModels(list(models));
            }
            if (!providers.isEmpty()) {
                changed = changed.withProviders(list(providers));
            }
            if (!regions.isEmpty()) {
                changed = changed.withRegions(list(regions));
            }
            if (collects.isPresent()) {
                changed = changed.withDataCollection(collects.get());
            }
            return retains.isPresent() ? changed.withDataRetention(retains.get()) : changed;
        };
    }

    /** The strategy that it is to be, if it was that before. */
    final Optional<String> strategyAfter(Optional<String> before) {
        return switch (strategy) {
            case UNSAID -> before;
            case NONE -> Optional.empty();
            default -> Optional.of(strategy);
        };
    }

    private static Optional<Boolean> allows(String option, String said) throws CommandException {
        return switch (said) {
            case UNSAID -> Optional.empty();
            case "allow" -> Optional.of(true);
            case "deny" -> Optional.of(false);
            default -> throw Part.refusal(option + " is allow or deny, not \"" + said + "\".");
        };
    }

    private static List<String> list(String text) {
        return text.toLowerCase(Locale.ROOT).equals("all")
                ? List.of()
                : Stream.of(text.split(","))
                        .map(String::strip)
                        .filter(one -> !one.isEmpty())
                        .toList();
    }
}
