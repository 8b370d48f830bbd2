/**
 * Fetches files from addresses that clients give, from public addresses only. Used by plugins that read files; nothing else
 * of the gateway follows an address that a client has given.
 */
@NullMarked
package io.patchbay.fetch;

import org.jspecify.annotations.NullMarked;
