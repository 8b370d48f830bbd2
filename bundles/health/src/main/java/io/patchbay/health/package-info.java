/**
 * Remembers how endpoints fare and ejects those that keep failing, in Envoy's way. The router asks it, the gateway
 * tells it. A bundle of its own so that what was learnt outlives an update of the router.
 */
@NullMarked
package io.patchbay.health;

import org.jspecify.annotations.NullMarked;
