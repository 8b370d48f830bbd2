package io.patchbay.api.access;

import io.patchbay.api.catalog.Secret;

/**
 * A new key together with its secret, which is never shown again.
 *
 * @param key the key as it is stored
 * @param secret what the client sends
 */
public record IssuedKey(ApiKey key, Secret secret) {}
