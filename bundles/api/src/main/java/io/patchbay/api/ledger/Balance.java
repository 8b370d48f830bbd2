package io.patchbay.api.ledger;

/**
 * What an account has.
 *
 * @param credit what the book says
 * @param held how much of it is held for generations under way
 */
public record Balance(Money credit, Money held) {
    /** What may still be held. */
    public Money available() {
        return credit.minus(held);
    }
}
