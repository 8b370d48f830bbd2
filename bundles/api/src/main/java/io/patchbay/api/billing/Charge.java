package io.patchbay.api.billing;

import io.patchbay.api.ledger.Money;

/**
 * What a generation cost.
 *
 * @param charged what the account paid
 * @param cost what the provider asks for it
 * @param margin what the operator asks on top; less than that was charged if there was no more credit
 */
public record Charge(Money charged, Money cost, Money margin) {
    /** Nothing was charged for nothing. */
    public static final Charge NONE = new Charge(Money.ZERO, Money.ZERO, Money.ZERO);
}
