package io.patchbay.api.adapter;

import io.patchbay.api.catalog.Secret;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an adapter may show to a provider for one attempt, and the time at which: an adapter reads no clock, and some
 * credentials are used to sign. Not to be kept beyond the call it was given to.
 */
public final class Credential {
    private static final Credential NONE = new Credential(null, null, Instant.EPOCH);

    private final @Nullable Secret key;
    private final @Nullable Secret token;
    private final Instant at;

    private Credential(@Nullable Secret key, @Nullable Secret token, Instant at) {
        this.key = key;
        this.token = token;
        this.at = at;
    }

    /** For providers that want nothing. */
    public static Credential none() {
        return NONE;
    }

    /** What the operator set as the provider's {@code api-key}. */
    public static Credential apiKey(Secret key) {
        return new Credential(key, null, Instant.EPOCH);
    }

    /** A token that was got for the key: see {@link TokenAdapter}. */
    public static Credential token(Secret token) {
        return new Credential(null, token, Instant.EPOCH);
    }

    /** This credential, used at a time. */
    public Credential at(Instant time) {
        return new Credential(key, token, time);
    }

    /** The API key, if there is one. */
    public Optional<Secret> apiKey() {
        return Optional.ofNullable(key);
    }

    /** The token in the place of a key, if there is one. */
    public Optional<Secret> token() {
        return Optional.ofNullable(token);
    }

    /** When it is used. The time to sign with. */
    public Instant at() {
        return at;
    }

    @Override
    public String toString() {
        return key != null ? "API key ***" : token != null ? "token ***" : "none";
    }
}
