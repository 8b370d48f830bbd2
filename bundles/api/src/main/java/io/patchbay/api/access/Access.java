package io.patchbay.api.access;

import io.patchbay.api.catalog.Secret;
import org.osgi.annotation.versioning.ProviderType;

/** Decides who may ask. For any thread; nothing blocks. */
@ProviderType
public interface Access {
    /**
     * Finds the key behind a secret.
     *
     * @param address from which it came; who guesses often from there is told to wait
     * @throws io.patchbay.api.failure.FailureException UNAUTHENTICATED, the same whether the key is mistyped, unknown
     *     or deleted; or if it is disabled or has expired; RATE_LIMITED after too many wrong keys from this address
     */
    ApiKey authenticate(Secret secret, String address);

    /**
     * A key whose secret was shown before.
     *
     * @throws io.patchbay.api.failure.FailureException UNAUTHENTICATED if it has been deleted or disabled, or has expired
     */
    ApiKey require(String id);

    /** What applies to the requests that are sent with a key. */
    Rules rules(ApiKey key);

    /**
     * Counts a generation against the key's rate limits.
     *
     * @param promptTokens how large the prompt is, about
     * @throws io.patchbay.api.failure.FailureException RATE_LIMITED if there have been too many within this minute
     */
    Admission admit(ApiKey key, long promptTokens);
}
