package io.patchbay.api.adapter;

import io.patchbay.api.catalog.Secret;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an adapter may show to a provider for one attempt. Not to be kept beyond the call it was given to. */
public final class Credential {
    private static final Credential NONE = new Credential(null);

    private final @Nullable Secret key;

    private Credential(@Nullable Secret key) {
        this.key = key;
    }

    /** For providers that want nothing. */
    public static Credential none() {
        return NONE;
    }

    /** An API key. */
    public static Credential apiKey(Secret key) {
        return new Credential(key);
    }

    /** The API key, if there is one. */
    public Optional<Secret> apiKey() {
        return Optional.ofNullable(key);
    }

    @Override
    public String toString() {
        return key == null ? "none" : "API key ***";
    }
}
