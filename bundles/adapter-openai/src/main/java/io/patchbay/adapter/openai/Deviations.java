package io.patchbay.adapter.openai;

import io.patchbay.api.json.JsonRewrite;
import io.patchbay.api.json.JsonView;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Where a provider departs from the format in which fields it knows, and by which names: as its options say. */
final class Deviations {
    private static final String RENAME = "rename.";
    private static final String SET = "set.";
    private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");

    private Deviations() {}

    /** Changes the body of a request: what is dropped is not there for what follows. */
    static void apply(JsonView json, Map<String, String> options, JsonRewrite body) {
        var dropped = drop(options);
        dropped.forEach(body::remove);
        options.forEach((option, value) -> {
            if (option.startsWith(RENAME)) {
                var from = option.substring(RENAME.length());
                if (!dropped.contains(from)) {
                    rename(from, value, json, body);
                }
            } else if (option.startsWith(SET)) {
                var name = option.substring(SET.length());
                if (!json.has(name) || dropped.contains(name) || ChatEncoder.FOR_THE_GATEWAY.contains(name)) {
                    body.raw(name, value);
                }
            }
        });
    }

    /** Gives fields the provider's names, and changes nothing else. */
    static void rename(JsonView json, Map<String, String> options, JsonRewrite body) {
        options.forEach((option, value) -> {
            if (option.startsWith(RENAME)) {
                rename(option.substring(RENAME.length()), value, json, body);
            }
        });
    }

    /** The request's fields that are not to be sent. */
    static Set<String> drop(Map<String, String> options) {
        var drop = options.get("drop");
        return drop == null ? Set.of() : Set.of(COMMA.split(drop.strip()));
    }

    /** Where the request has both names, the provider's own one wins. */
    private static void rename(String from, String to, JsonView json, JsonRewrite body) {
        if (json.has(to)) {
            body.remove(from);
        } else {
            body.rename(from, to);
        }
    }
}
