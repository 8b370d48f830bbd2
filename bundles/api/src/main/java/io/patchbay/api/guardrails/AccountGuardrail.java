package io.patchbay.api.guardrails;

import io.patchbay.api.access.Permissions;
import io.patchbay.api.ledger.Budget;
import io.patchbay.api.ledger.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Rules that an account has for some of its keys, or for all.
 *
 * @param id names it
 * @param account whose it is
 * @param created when it was made
 * @param changed when it was changed the last time
 * @param rules what it says
 * @param keys ids of the API keys it is assigned to
 */
public record AccountGuardrail(
        String id, String account, Instant created, Instant changed, Rules rules, Set<String> keys) {
    /** Copies the keys. */
    public AccountGuardrail {
        keys = Set.copyOf(keys);
    }

    /** Whether it applies to what a key asks; the operator at the console has none. */
    public boolean appliesTo(Subject subject) {
        return subject.account().equals(account) && (rules.wholeAccount() || keys.contains(subject.key()));
    }

    /**
     * What it says.
     *
     * @param name for people
     * @param description for people; empty if there is none
     * @param wholeAccount whether it applies to all keys of the account
     * @param permissions what may be used
     * @param spending how much each key may spend, if there is a limit
     * @param filters what is looked for in texts
     */
    public record Rules(
            String name,
            String description,
            boolean wholeAccount,
            Permissions permissions,
            Optional<SpendingLimit> spending,
            List<ContentFilter> filters) {
        /** Copies the filters. */
        public Rules {
            filters = List.copyOf(filters);
        }
    }

    /**
     * How much may be spent with each key.
     *
     * @param limit the most in each period
     * @param period when it begins anew
     * @param countsOwnCost whether what providers ask of the account itself counts too
     */
    public record SpendingLimit(Money limit, Budget.Period period, boolean countsOwnCost) {}
}
