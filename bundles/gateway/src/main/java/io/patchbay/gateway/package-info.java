/**
 * The use case: one generation, a chat or embeddings, from request to record. Dialects and the console start generations
 * here; adapters, planner and transport are used from here. The only bundle that knows the whole journey.
 */
@NullMarked
package io.patchbay.gateway;

import org.jspecify.annotations.NullMarked;
