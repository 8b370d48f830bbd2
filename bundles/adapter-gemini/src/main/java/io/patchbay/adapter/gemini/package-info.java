/**
 * Speaks Google's Gemini API to AI Studio and to Vertex AI. Providers' configuration names it as {@code gemini}; the
 * gateway uses it for each attempt and for embeddings, the catalog to ask for models.
 */
@NullMarked
package io.patchbay.adapter.gemini;

import org.jspecify.annotations.NullMarked;
