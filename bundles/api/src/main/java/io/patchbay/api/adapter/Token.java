package io.patchbay.api.adapter;

import io.patchbay.api.catalog.Secret;
import java.time.Duration;

/**
 * A token and how long it is good. Immutable.
 *
 * @param secret the token
 * @param lifetime from the moment it was given
 */
public record Token(Secret secret, Duration lifetime) {}
