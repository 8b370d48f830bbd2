package io.patchbay.api.pipeline;

/**
 * What was done to a request or an answer, in OpenRouter's words ({@code openrouter_metadata.pipeline}).
 *
 * @param type {@code guardrail}, {@code plugin}, {@code response_healing}, {@code context_compression}
 * @param name of what did it
 * @param summary what it did, one short phrase that quotes neither prompt nor answer
 */
public record Note(String type, String name, String summary) {}
