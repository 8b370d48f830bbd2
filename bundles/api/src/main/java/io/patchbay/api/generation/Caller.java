package io.patchbay.api.generation;

import io.patchbay.api.catalog.Secret;

/** On whose behalf a generation runs. */
public sealed interface Caller {
    /**
     * Somebody with an API key, still to be checked.
     *
     * @param address from which it came
     */
    record KeyHolder(Secret key, String address) implements Caller {}

    /** Nobody has shown a key. */
    record Anonymous() implements Caller {}

    /** The operator, at the console. */
    record Operator() implements Caller {}
}
