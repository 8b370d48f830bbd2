package io.patchbay.api.generation;

import io.patchbay.api.catalog.Secret;
import java.util.Optional;

/** On whose behalf a generation runs. */
public sealed interface Caller {
    /**
     * Somebody with an API key, still to be checked.
     *
     * @param address from which it came
     * @param generation the id that the generation is to have, if it is known already
     */
    record KeyHolder(Secret key, String address, Optional<String> generation) implements Caller {
        /** Somebody whose generation may have any id. */
        public KeyHolder(Secret key, String address) {
            this(key, address, Optional.empty());
        }
    }

    /** Nobody has shown a key. */
    record Anonymous() implements Caller {}

    /** The operator, at the console. */
    record Operator() implements Caller {}
}
