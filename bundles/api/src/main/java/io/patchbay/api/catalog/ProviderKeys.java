package io.patchbay.api.catalog;

import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Keeps the API keys of providers that the operator has typed, encrypted. A stored key is used in the place of whatever
 * the provider's file gives. For any thread; both changes block until they are on the disk and in force.
 */
@ProviderType
public interface ProviderKeys {
    /**
     * Stores the key of a provider, in the place of the one stored before.
     *
     * @param provider the provider's name; it need not be configured yet
     * @param key 1 to 16384 characters, all of them printable ASCII and none of them blank
     * @throws io.patchbay.api.failure.FailureException INVALID_REQUEST if it is no such key, INTERNAL if it can't be
     *     stored; what was stored before is still in force then
     */
    void store(String provider, Secret key);

    /**
     * Forgets the stored key of a provider.
     *
     * @return whether there was one
     * @throws io.patchbay.api.failure.FailureException INTERNAL if it can't be removed
     */
    boolean remove(String provider);

    /**
     * Stores an account's own key of a provider, as {@link #store(String, Secret)} does the operator's. The account's
     * requests are tried with it first.
     */
    void store(String account, String provider, Secret key);

    /** Forgets an account's own key, as {@link #remove(String)} does the operator's. */
    boolean remove(String account, String provider);

    /**
     * Encrypts every stored key with a new master key; the one before is of no use any more. Where the master key comes
     * from the environment, it is derived anew from that: keys that were encrypted without it are then, too.
     *
     * @return how many keys there are
     * @throws io.patchbay.api.failure.FailureException INTERNAL if it can't be done, because of a key that can't be
     *     decrypted for example; nothing has changed then
     */
    int rotateMasterKey();

    /** Names of the providers that an account has a key of its own of, those whose key can't be decrypted included. */
    Set<String> stored(String account);

    /** Names of the providers that the operator's key is stored of, those whose key can't be decrypted included. */
    Set<String> stored();
}
