/**
 * Remembers how endpoints fare: statistics of the last minutes, half hours and day, and who is ejected because it keeps
 * failing, in Envoy's way. The router and its strategies ask it, the gateway tells it. A bundle of its own so that what was learnt outlives an update of the router.
 */
@NullMarked
package io.patchbay.health;

import org.jspecify.annotations.NullMarked;
