/** A routing strategy: the endpoint whose answers are sound, for requests with tools above all. Used by the router. */
@NullMarked
package io.patchbay.strategy.exacto;

import org.jspecify.annotations.NullMarked;
