package io.patchbay.api.access;

import io.patchbay.api.catalog.Secret;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Knows the API keys. For any thread; {@link #authenticate} does not block. */
@ProviderType
public interface Access {
    /**
     * Finds the key behind a secret.
     *
     * @throws io.patchbay.api.failure.FailureException UNAUTHENTICATED, the same whether the key is mistyped, unknown
     *     or deleted
     */
    ApiKey authenticate(Secret secret);

    /** Makes a key; it is on disk and good at once. */
    IssuedKey create(String name, ApiKey.Purpose purpose);

    /** All keys, the newest first. */
    List<ApiKey> keys();
}
