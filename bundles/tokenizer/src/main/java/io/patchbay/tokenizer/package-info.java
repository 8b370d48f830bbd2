/** Counts tokens as OpenAI's models do, with their public vocabulary. Used by the gateway, for prompts whose length matters. */
@NullMarked
package io.patchbay.tokenizer;

import org.jspecify.annotations.NullMarked;
