package io.patchbay.catalog;

import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Price;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the catalogue knows of one model at one provider.
 *
 * @param id as clients name it
 * @param upstream as the provider names it
 * @param name as people name it
 * @param contextLength tokens that fit; 0 if unknown
 * @param maxCompletionTokens of an answer; 0 if unknown
 * @param knownPrice what the provider asks, if known
 * @param parameters of requests that it honours; empty if unknown
 * @param inputs what a prompt may hold, in OpenRouter's words; never empty
 * @param outputs what an answer may hold; never empty
 * @param quantization in OpenRouter's words; empty if unknown
 * @param tokenizer the family of its tokenizer, in OpenRouter's words; empty if unknown
 * @param knowledgeCutoff the day up to which it knows the world, such as 2025-06-30; empty if unknown
 * @param created in seconds of Unix time; 0 if unknown
 */
record CatalogueModel(
        ModelId id,
        String upstream,
        String name,
        long contextLength,
        long maxCompletionTokens,
        @Nullable Price knownPrice,
        Set<String> parameters,
        Set<String> inputs,
        Set<String> outputs,
        String quantization,
        String tokenizer,
        String knowledgeCutoff,
        long created) {

    /** Whether clients can ask it: it takes text, and answers with text or embeddings. */
    boolean isOffered() {
        return inputs.contains("text") && (outputs.contains("text") || outputs.contains("embeddings"));
    }

    Optional<Price> price() {
        return Optional.ofNullable(knownPrice);
    }
}
