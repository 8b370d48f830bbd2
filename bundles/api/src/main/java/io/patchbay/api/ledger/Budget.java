package io.patchbay.api.ledger;

/**
 * How much may be spent with an API key, whatever its account has.
 *
 * @param id of the key
 * @param limit the most in each period
 * @param period when it begins anew
 */
public record Budget(String id, Money limit, Period period) {
    /** When a budget begins anew, at midnight UTC. */
    public enum Period {
        /** Never. */
        ALWAYS,
        /** Each day. */
        DAY,
        /** On Mondays. */
        WEEK,
        /** On the first. */
        MONTH
    }
}
