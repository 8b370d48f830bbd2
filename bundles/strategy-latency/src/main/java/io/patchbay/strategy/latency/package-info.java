/** A routing strategy: the endpoint whose first token comes soonest. Used by the router. */
@NullMarked
package io.patchbay.strategy.latency;

import org.jspecify.annotations.NullMarked;
