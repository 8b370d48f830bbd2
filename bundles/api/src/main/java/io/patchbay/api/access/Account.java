package io.patchbay.api.access;

import io.patchbay.api.ledger.Money;

/**
 * Who pays.
 *
 * @param id names it, also in the ledger
 * @param overdraft how far its credit may go below zero
 */
public record Account(String id, Money overdraft) {
    /** The operator, who prepays nothing: a thousand million dollars are nobody's limit. */
    public static final Account OPERATOR = new Account("operator", new Money(1_000_000_000L * 1_000_000_000L));
}
