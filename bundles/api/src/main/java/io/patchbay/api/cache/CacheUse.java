package io.patchbay.api.cache;

import java.time.Duration;

/**
 * How a request that wanted a kept answer fared.
 *
 * @param isHit whether there was one
 * @param age of the answer; zero if there was none
 * @param ttl how long the answer is kept, from the beginning
 * @param source id of the generation that the answer is of; this one if there was none
 */
public record CacheUse(boolean isHit, Duration age, Duration ttl, String source) {}
