/**
 * What a generation costs and whose money that is: an estimate is held before, a meter runs while it streams, and what it
 * took is charged after, with the operator's margin. The gateway opens a bill for each generation; the ledger keeps the
 * book. Besides, compares the book with what providers ask for, for the console and the management API.
 */
@NullMarked
package io.patchbay.billing;

import org.jspecify.annotations.NullMarked;
