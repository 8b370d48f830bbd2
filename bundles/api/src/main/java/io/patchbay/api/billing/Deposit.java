package io.patchbay.api.billing;

import io.patchbay.api.ledger.Money;

/**
 * Credit for an account.
 *
 * @param id for which it happens once
 * @param account who gets it
 * @param amount how much; above zero
 * @param paid whether somebody paid for it, with the installation's fee on top; else it is given away
 * @param note what an auditor may want to know
 */
public record Deposit(String id, String account, Money amount, boolean paid, String note) {
    /** Checks that it is one. */
    public Deposit {
        if (!amount.isPositive()) {
            throw new IllegalArgumentException("a deposit of " + amount);
        }
    }
}
