/**
 * Speaks OpenAI's chat completions to OpenAI and to every provider that imitates it. Providers' configuration names it
 * as {@code openai}; the gateway uses it for each attempt, the catalog to ask for models.
 */
@NullMarked
package io.patchbay.adapter.openai;

import org.jspecify.annotations.NullMarked;
