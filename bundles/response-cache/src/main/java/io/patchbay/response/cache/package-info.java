/** Keeps answers for clients that ask the same again and want that, in memory, within bounds. Used by the gateway. */
@NullMarked
package io.patchbay.response.cache;

import org.jspecify.annotations.NullMarked;
