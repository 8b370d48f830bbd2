/**
 * The adapter for Mistral: OpenAI's chat completions with Mistral's own ids, names and content parts. What is OpenAI's
 * it has from a private copy of {@code adapter-openai}. Used by the gateway, through the service registry.
 */
@NullMarked
package io.patchbay.adapter.mistral;

import org.jspecify.annotations.NullMarked;
