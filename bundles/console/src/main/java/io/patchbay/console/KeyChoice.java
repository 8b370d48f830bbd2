package io.patchbay.console;

import io.patchbay.api.access.ApiKey;
import io.patchbay.api.access.ApiKeys;
import org.apache.karaf.shell.support.CommandException;

/** Finds the API key that the operator means. */
final class KeyChoice {
    static final String DESCRIPTION = "Its label, its name if no other key has that, or its id.";

    private KeyChoice() {}

    static ApiKey of(ApiKeys keys, String text) throws CommandException {
        var byId = keys.findKey(text);
        if (byId.isPresent()) {
            return byId.get();
        }
        var named = keys.keys().stream()
                .filter(key -> key.label().equals(text) || key.name().equals(text))
                .toList();
        return switch (named.size()) {
            case 0 -> throw gone(text);
            case 1 -> named.get(0);
            default ->
                throw Part.refusal(named.size() + " API keys are called \"" + text + "\". Name the one by its label.");
        };
    }

    static CommandException gone(String text) {
        return Part.refusal("There is no API key \"" + text + "\". \"patchbay:keys\" lists those there are.");
    }
}
