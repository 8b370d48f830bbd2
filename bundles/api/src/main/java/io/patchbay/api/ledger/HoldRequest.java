package io.patchbay.api.ledger;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A wish for a hold. Immutable. */
public final class HoldRequest {
    private final String account;
    private final Money amount;
    private final Duration longest;
    private final @Nullable Budget budget;

    private HoldRequest(String account, Money amount, Duration longest, @Nullable Budget budget) {
        this.account = account;
        this.amount = amount;
        this.longest = longest;
        this.budget = budget;
    }

    /**
     * A hold on an account's credit.
     *
     * @param amount not below zero
     * @param longest after which it expires, if nobody has ended it
     */
    public static HoldRequest on(String account, Money amount, Duration longest) {
        if (amount.isNegative()) {
            throw new IllegalArgumentException("a hold of " + amount);
        }
        return new HoldRequest(account, amount, longest, null);
    }

    /** This wish, which must also fit into a budget. */
    public HoldRequest within(Budget limit) {
        return new HoldRequest(account, amount, longest, limit);
    }

    /** Whose credit. */
    public String account() {
        return account;
    }

    /** How much. */
    public Money amount() {
        return amount;
    }

    /** See {@link #on}. */
    public Duration longest() {
        return longest;
    }

    /** See {@link #within}. */
    public Optional<Budget> budget() {
        return Optional.ofNullable(budget);
    }
}
