package io.patchbay.api.generation;

import io.patchbay.api.cache.CacheWish;
import io.patchbay.api.catalog.Secret;
import java.util.Optional;

/** On whose behalf a generation runs. */
public sealed interface Caller {
    /**
     * Somebody with an API key, still to be checked.
     *
     * @param address from which it came
     * @param generation the id that the generation is to have, if it is known already
     * @param cache whether an answer may be one that was given before
     * @param app what they use
     */
    record KeyHolder(Secret key, String address, Optional<String> generation, CacheWish cache, Attribution.App app)
            implements Caller {
        /** Somebody whose generation may have any id, and is to be one. */
        public KeyHolder(Secret key, String address) {
            this(key, address, Optional.empty(), CacheWish.NONE, Attribution.App.UNKNOWN);
        }
    }

    /**
     * Somebody whose key was checked when they asked for this, and is checked again.
     *
     * @param key its id
     * @param generation the id that the generation is to have
     */
    record OnBehalf(String key, String generation) implements Caller {}

    /** Nobody has shown a key. */
    record Anonymous() implements Caller {}

    /** The operator, at the console. */
    record Operator() implements Caller {}
}
