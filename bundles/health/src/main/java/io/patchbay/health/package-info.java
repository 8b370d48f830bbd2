/**
 * Remembers how endpoints fare: statistics of the last minutes, half hours and day, who is ejected because it keeps
 * failing, in Envoy's way, how much each bears at once, and what its model has refused to do. The router and its
 * strategies ask it, the gateway tells it. A bundle of its own so that what was learnt outlives an update of the router;
 * a file keeps it over its own update and a restart.
 */
@NullMarked
package io.patchbay.health;

import org.jspecify.annotations.NullMarked;
