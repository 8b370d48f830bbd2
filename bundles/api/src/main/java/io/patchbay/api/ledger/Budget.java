package io.patchbay.api.ledger;

import java.util.function.BiFunction;

/**
 * How much may be spent with an API key, whatever its account has.
 *
 * @param id of the key
 * @param limit the most in each period
 * @param period when it begins anew
 * @param countsOwnCost whether what providers ask of the account itself counts too
 */
public record Budget(String id, Money limit, Period period, boolean countsOwnCost) {
    /** A budget for what is charged here. */
    public Budget(String id, Money limit, Period period) {
        this(id, limit, period, false);
    }

    /**
     * The budget id under which the ledger keeps what providers ask of the account itself for requests with a key.
     *
     * @param id of the key
     */
    public static String ofOwnCost(String id) {
        return id + "/own";
    }

    /**
     * What counts of it.
     *
     * @param spent what was spent from the budget of an id in a period
     */
    public Money counted(BiFunction<String, Period, Money> spent) {
        var charged = spent.apply(id, period);
        return countsOwnCost ? charged.plus(spent.apply(ofOwnCost(id), period)) : charged;
    }

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
