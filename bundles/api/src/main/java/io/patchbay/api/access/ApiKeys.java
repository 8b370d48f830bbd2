package io.patchbay.api.access;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Makes and changes API keys. What it returns from is on disk, and counts for every request that comes later. For any
 * thread; what changes keys blocks. All of it throws a {@link io.patchbay.api.failure.FailureException} UNAVAILABLE if
 * the keys can't be written.
 */
@ProviderType
public interface ApiKeys {
    /** All keys but those deleted, the newest first. */
    List<ApiKey> keys();

    /** A key by its id. */
    Optional<ApiKey> findKey(String id);

    /**
     * Makes a key.
     *
     * @param settings what it is called and may do
     * @throws io.patchbay.api.failure.FailureException INVALID_REQUEST that names what is wrong with the settings
     */
    IssuedKey create(Account account, UnaryOperator<ApiKey.Builder> settings);

    /**
     * Changes a key's settings; whose it is and what it is good for stay.
     *
     * @return the changed key; empty if there is none of this id
     * @throws io.patchbay.api.failure.FailureException INVALID_REQUEST that names what is wrong with the settings
     */
    Optional<ApiKey> change(String id, UnaryOperator<ApiKey.Builder> settings);

    /** Deletes a key for good; returns whether there was one. */
    boolean delete(String id);
}
