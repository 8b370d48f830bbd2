/**
 * Answers requests with an {@code Idempotency-Key} once. Dialects have their generations run through it. Answers are kept
 * in memory, since they are nobody's to have on a disk; that nothing is charged twice when they are gone is the ledger's
 * doing, in which a generation of that name stands.
 */
@NullMarked
package io.patchbay.idempotency;

import org.jspecify.annotations.NullMarked;
