package io.patchbay.api.generation;

import io.patchbay.api.json.JsonView;

/**
 * A generation as it is kept.
 *
 * @param id of the generation
 * @param account who paid; empty if nobody did
 * @param key the id of the API key; empty if there was none
 * @param json what OpenRouter's {@code GET /generation} answers as {@code data}, and {@code route}, in which every
 *     endpoint that was considered and every attempt stands
 */
public record KeptGeneration(String id, String account, String key, JsonView json) {}
