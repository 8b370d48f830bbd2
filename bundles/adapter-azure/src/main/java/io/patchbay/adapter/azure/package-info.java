/**
 * The adapter for Azure OpenAI: OpenAI's chat completions at Azure's addresses, with Azure's keys. What is OpenAI's it
 * has from a private copy of {@code adapter-openai}. Used by the gateway, through the service registry.
 */
@NullMarked
package io.patchbay.adapter.azure;

import org.jspecify.annotations.NullMarked;
