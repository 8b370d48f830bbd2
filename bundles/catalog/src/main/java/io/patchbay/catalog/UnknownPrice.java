package io.patchbay.catalog;

import java.util.Locale;
import java.util.Optional;

/** What becomes of a model whose price nobody has told. */
enum UnknownPrice {
    /** It is known, but gets no request. */
    REFUSE,
    /** It counts as costing the most that the operator reckons with. */
    CEILING,
    /** It counts as costing nothing: a server of one's own. */
    FREE;

    /** Reads it from the key {@code unknown-price}; empty if that is not there. */
    static Optional<UnknownPrice> read(Settings settings) {
        return settings.text("unknown-price").map(UnknownPrice::named);
    }

    private static UnknownPrice named(String word) {
        for (var policy : values()) {
            if (policy.name().toLowerCase(Locale.ROOT).equals(word)) {
                return policy;
            }
        }
        throw new BadSetting("unknown-price", "'" + word + "' (expected: refuse, ceiling or free)");
    }
}
