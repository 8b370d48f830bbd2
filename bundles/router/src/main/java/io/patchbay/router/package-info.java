/**
 * Plans routes: endpoints in, ordered and explained route out. Pure. Finds routing strategies as services and asks
 * {@code health} whom to pass over. Used by the gateway.
 */
@NullMarked
package io.patchbay.router;

import org.jspecify.annotations.NullMarked;
