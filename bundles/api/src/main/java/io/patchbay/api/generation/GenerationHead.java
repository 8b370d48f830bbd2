package io.patchbay.api.generation;

import java.time.Instant;

/**
 * Who answers.
 *
 * @param id of the generation
 * @param created when the request came
 * @param model the model that really answers
 * @param provider display name of the provider that really answers
 */
public record GenerationHead(String id, Instant created, String model, String provider) {}
