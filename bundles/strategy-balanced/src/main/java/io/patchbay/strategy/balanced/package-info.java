/** A routing strategy: cheap, fast and reliable, weighed against each other. Used by the router. */
@NullMarked
package io.patchbay.strategy.balanced;

import org.jspecify.annotations.NullMarked;
