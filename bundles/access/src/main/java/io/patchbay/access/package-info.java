/**
 * Knows the API keys and what each may do; keeps them on disk as keyed hashes. The gateway asks it about every request,
 * the console makes and lists keys through it.
 */
@NullMarked
package io.patchbay.access;

import org.jspecify.annotations.NullMarked;
