package io.patchbay.api.chat;

import io.patchbay.api.json.JsonView;
import java.util.Optional;
import java.util.Set;

/** What requests and answers say of tiers of service. */
public final class ServiceTierWords {
    /** The field that says it, in both. */
    public static final String FIELD = "service_tier";

    private static final String FAST = "fast";
    private static final String PRIORITY = "priority";
    /** Words for the tier that costs what the price list says. */
    private static final Set<String> USUAL = Set.of("auto", "default", "standard");

    private ServiceTierWords() {}

    /** Whether it says that it is served as usual; one that says nothing does not. */
    public static boolean saysUsual(JsonView json) {
        return json.string(FIELD).filter(USUAL::contains).isPresent();
    }

    /** The tier that a request asks for, if that is not the usual one. */
    public static Optional<String> asked(JsonView request) {
        return request.string(FIELD)
                .filter(word -> !USUAL.contains(word))
                .map(word -> word.equals(FAST) ? PRIORITY : word);
    }
}
