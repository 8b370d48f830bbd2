package io.patchbay.api.cache;

import java.time.Duration;
import java.util.Optional;

/**
 * What a client says of the response cache, beside its request.
 *
 * @param enabled whether it wants a kept answer, and its own to be kept; empty if it says nothing
 * @param ttl how long its answer is to be kept; empty if it says nothing
 * @param clear whether what is kept is to be forgotten first
 */
public record CacheWish(Optional<Boolean> enabled, Optional<Duration> ttl, boolean clear) {
    /** Nothing is said. */
    public static final CacheWish NONE = new CacheWish(Optional.empty(), Optional.empty(), false);
}
