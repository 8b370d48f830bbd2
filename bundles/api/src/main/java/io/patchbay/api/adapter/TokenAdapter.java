package io.patchbay.api.adapter;

import io.patchbay.api.catalog.Provider;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Gets short-lived tokens for providers that take no lasting key: for a service account, for a registered application.
 * Register it as a service with the property {@value #NAME}; providers name it in their configuration. Pure, as a
 * {@link ChatAdapter} is. The gateway asks before the first attempt, keeps the token until shortly before it ends, and
 * gives it to the provider's adapter as {@link Credential#token()}.
 */
@ConsumerType
public interface TokenAdapter {
    /** Service property: the name by which providers choose it. */
    String NAME = "patchbay.token";

    /**
     * Writes the question for a token.
     *
     * @param credential the key that the operator set, and the time
     * @throws io.patchbay.api.failure.FailureException UPSTREAM_AUTH if the key is not one that can be traded
     */
    TokenRequest encode(Provider provider, Credential credential);

    /**
     * Reads the answer.
     *
     * @throws io.patchbay.api.failure.FailureException MALFORMED_ANSWER if it can't be read
     */
    Token decode(byte[] body);
}
