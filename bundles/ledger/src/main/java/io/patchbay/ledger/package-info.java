/**
 * The double-entry book over JDBC. What an account has and what is held of it are in memory; what has moved is in the
 * database before anybody hears of it. Billing charges with it; the console and the admin API read it and top up.
 */
@NullMarked
package io.patchbay.ledger;

import org.jspecify.annotations.NullMarked;
