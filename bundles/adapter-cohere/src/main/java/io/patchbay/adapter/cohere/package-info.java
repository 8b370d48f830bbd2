/**
 * Speaks version 2 of Cohere's chat. Providers' configuration names it as {@code cohere}; the gateway uses it for each
 * attempt, the catalog to ask for models.
 */
@NullMarked
package io.patchbay.adapter.cohere;

import org.jspecify.annotations.NullMarked;
