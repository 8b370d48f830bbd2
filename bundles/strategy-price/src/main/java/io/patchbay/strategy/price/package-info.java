/** The default routing strategy: cheap endpoints most often, dear ones sometimes. Used by the router. */
@NullMarked
package io.patchbay.strategy.price;

import org.jspecify.annotations.NullMarked;
