package io.patchbay.api.generation;

import java.time.Duration;
import java.time.Instant;

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
     */
    public record Way(String provider, int attempts, Duration latency) {}
}
