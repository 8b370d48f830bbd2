/**
 * The inbound dialect of OpenAI's and OpenRouter's clients: chats and completions, whole and streamed, embeddings, and
 * what models, endpoints and providers there are. Bytes in, canonical requests to the gateway, bytes out.
 */
@NullMarked
package io.patchbay.dialect.openai;

import org.jspecify.annotations.NullMarked;
