/**
 * Speaks Ollama's own chat to a server on this machine or another, or to Ollama's cloud. Providers' configuration names
 * it as {@code ollama}; the gateway uses it for each attempt, the catalog to ask for models.
 */
@NullMarked
package io.patchbay.adapter.ollama;

import org.jspecify.annotations.NullMarked;
