/**
 * Speaks Anthropic's Messages API to Anthropic and to every provider that imitates it. Providers' configuration names it
 * as {@code anthropic}; the gateway uses it for each attempt, the catalog to ask for models.
 */
@NullMarked
package io.patchbay.adapter.anthropic;

import org.jspecify.annotations.NullMarked;
