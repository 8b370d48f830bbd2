/**
 * Remembers generations over JDBC: for whoever asks what became of one, and what was used. Written a moment later and many
 * at once, because no answer waits for it: what was charged is in the ledger already. The gateway hands records in; the
 * admin API and the console read them.
 */
@NullMarked
package io.patchbay.generations;

import org.jspecify.annotations.NullMarked;
