/**
 * Knows accounts and API keys and what each may do; keeps them in a database, the keys as keyed hashes. The gateway asks
 * it about every request, the console and the management API make and change keys through it.
 */
@NullMarked
package io.patchbay.access;

import org.jspecify.annotations.NullMarked;
