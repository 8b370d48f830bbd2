package io.patchbay.api.ledger;

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
     * @param source what is short
     * @param available how much there is; may be below zero
     * @param inFlight whether there would be enough without the generations under way
     */
    record Shortfall(Source source, Money available, boolean inFlight) implements HoldOutcome {}

    /** What a hold can be short of. */
    enum Source {
        /** The account's credit. */
        CREDIT,
        /** The API key's budget. */
        BUDGET
    }
}
