package io.patchbay.api.billing;

import io.patchbay.api.ledger.Money;

/**
 * What a generation cost.
 *
 * @param charged what the account paid
 * @param cost what the provider asks for it
 * @param margin what the operator asks on top; less than that was charged if there was no more credit
 * @param ownCost what the provider asks of the account itself, which showed a credential of its own
 * @param completionCost what the provider asks for the answer alone, whoever pays it
 */
public record Charge(Money charged, Money cost, Money margin, Money ownCost, Money completionCost) {
    /** Nothing was charged for nothing. */
    public static final Charge NONE = new Charge(Money.ZERO, Money.ZERO, Money.ZERO);

    /** What a generation cost that the operator pays the provider for. */
    public Charge(Money charged, Money cost, Money margin) {
        this(charged, cost, margin, Money.ZERO, Money.ZERO);
    }

    /** What the provider asks for the prompt, and for everything else that is not the answer. */
    public Money promptCost() {
        return upstream().minus(completionCost);
    }

    /** What the provider asks, whoever pays it. */
    public Money upstream() {
        return cost.plus(ownCost);
    }
}
