package io.patchbay.api.generation;

import io.patchbay.api.cache.CacheUse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Who answers.
 *
 * @param id of the generation
 * @param created when the request came
 * @param model the model that really answers
 * @param provider display name of the provider that really answers
 * @param way how it came to that
 */
public record GenerationHead(String id, Instant created, String model, String provider, Way way) {
    /**
     * How a request came to whoever answers it.
     *
     * @param provider name of the provider; empty if nobody was asked
     * @param attempts how many endpoints were asked, this one included
     * @param latency from the request to the first token, or to the whole answer
     * @param cache how the wish for a kept answer fared, if there was one
     */
    public record Way(String provider, int attempts, Duration latency, Optional<CacheUse> cache) {
        /** How a request came to it that wanted no kept answer. */
        public Way(String provider, int attempts, Duration latency) {
            this(provider, attempts, latency, Optional.empty());
        }
    }
}
