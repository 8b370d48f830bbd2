/**
 * The inbound dialect of OpenAI's and OpenRouter's clients: chat completions, whole and streamed, embeddings, and
 * the list of models. Bytes in, canonical requests to the gateway, bytes out.
 */
@NullMarked
package io.patchbay.dialect.openai;

import org.jspecify.annotations.NullMarked;
