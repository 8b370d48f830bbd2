/** A routing strategy: the endpoint with the fewest requests under way. Used by the router. */
@NullMarked
package io.patchbay.strategy.leastbusy;

import org.jspecify.annotations.NullMarked;
