/** A routing strategy: the endpoint that writes fastest. Used by the router. */
@NullMarked
package io.patchbay.strategy.throughput;

import org.jspecify.annotations.NullMarked;
