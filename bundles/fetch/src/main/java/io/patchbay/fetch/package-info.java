/**
 * Fetches files from addresses that clients give, from public addresses only. Used by the gateway for providers
 * that fetch no pictures, and by plugins that read files; nothing else follows an address that a client has given.
 */
@NullMarked
package io.patchbay.fetch;

import org.jspecify.annotations.NullMarked;
