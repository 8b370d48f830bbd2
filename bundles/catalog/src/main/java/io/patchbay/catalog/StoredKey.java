package io.patchbay.catalog;

import io.patchbay.api.catalog.Secret;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A key as it is stored, and what came of decrypting it. */
final class StoredKey {
    private final SealedKey sealed;
    private final @Nullable Secret secret;
    private final boolean isOfOtherKey;
    private final String problem;

    private StoredKey(SealedKey sealed, @Nullable Secret secret, boolean isOfOtherKey, String problem) {
        this.sealed = sealed;
        this.secret = secret;
        this.isOfOtherKey = isOfOtherKey;
        this.problem = problem;
    }

    static StoredKey opened(SealedKey sealed, Secret secret) {
        return new StoredKey(sealed, secret, false, "");
    }

    /** Opened with the master key that is on its way in or out. */
    static StoredKey openedWithOtherKey(SealedKey sealed, Secret secret) {
        return new StoredKey(sealed, secret, true, "");
    }

    static StoredKey closed(SealedKey sealed, String problem) {
        return new StoredKey(sealed, null, false, problem);
    }

    SealedKey sealed() {
        return sealed;
    }

    /** The key; empty if it can't be decrypted. */
    Optional<Secret> secret() {
        return Optional.ofNullable(secret);
    }

    boolean isOfOtherKey() {
        return isOfOtherKey;
    }

    /** Why it can't be decrypted; empty if it can. */
    String problem() {
        return problem;
    }

    @Override
    public String toString() {
        return "***";
    }
}
