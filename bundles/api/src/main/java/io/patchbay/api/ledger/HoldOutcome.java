package io.patchbay.api.ledger;

import java.util.Optional;

/** What comes of a wish for a hold. */
public sealed interface HoldOutcome {
    /**
     * There is enough.
     *
     * @param hold to be ended by whoever asked
     */
    record Held(Hold hold) implements HoldOutcome {}

    /**
     * There is not enough.
     *
     * @param budget what is short: one of the budgets; empty if it is the account's credit
     * @param available how much there is; may be below zero
     * @param inFlight whether there would be enough without the generations under way
     */
    record Shortfall(Optional<Budget> budget, Money available, boolean inFlight) implements HoldOutcome {}
}
