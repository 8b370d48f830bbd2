package io.patchbay.api.adapter;

import io.patchbay.api.catalog.Provider;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Gets short-lived tokens for providers that take no lasting key: a service account's, a registered application's. A
 * service beside the {@link ChatAdapter} of the same {@link ChatAdapter#NAME}; pure like it. The gateway asks before the
 * first attempt, keeps the token until shortly before it ends, and gives it to the other adapters as
 * {@link Credential#token()}.
 */
@ConsumerType
public interface TokenAdapter {
    /**
     * Writes the question for a token.
     *
     * @param credential the key that the operator set, and the time
     * @return empty if the key is shown to the provider as it is
     * @throws io.patchbay.api.failure.FailureException UPSTREAM_AUTH if the key is not one that can be traded
     */
    Optional<TokenRequest> encode(Provider provider, Credential credential);

    /**
     * Reads the answer.
     *
     * @throws io.patchbay.api.failure.FailureException MALFORMED_ANSWER if it can't be read
     */
    Token decode(byte[] body);
}
