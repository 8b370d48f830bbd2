package io.patchbay.catalog;

import io.patchbay.api.catalog.Secret;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A key as it is stored, and what came of decrypting it. */
final class StoredKey {
    private final SealedKey sealed;
    private final @Nullable Secret secret;
    private final String problem;

    private StoredKey(SealedKey sealed, @Nullable Secret secret, String problem) {
        this.sealed = sealed;
        this.secret = secret;
        this.problem = problem;
    }

    static StoredKey opened(SealedKey sealed, Secret secret) {
        return new StoredKey(sealed, secret, "");
    }

    static StoredKey closed(SealedKey sealed, String problem) {
        return new StoredKey(sealed, null, problem);
    }

    SealedKey sealed() {
        return sealed;
    }

    /** The key; empty if it can't be decrypted. */
    Optional<Secret> secret() {
        return Optional.ofNullable(secret);
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
