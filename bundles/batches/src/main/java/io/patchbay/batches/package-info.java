/**
 * Requests that have time: a file of them is taken, sent through the gateway a few at a time while their account's key is
 * good, and answered by a file. Kept in a database, so that a restart goes on where it stopped. Uses the endpoints of the
 * dialects as a client would.
 */
@NullMarked
package io.patchbay.batches;

import org.jspecify.annotations.NullMarked;
