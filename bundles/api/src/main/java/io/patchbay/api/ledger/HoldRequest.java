package io.patchbay.api.ledger;

import java.time.Duration;
import java.util.List;

/** A wish for a hold. Immutable. */
public final class HoldRequest {
    private final String account;
    private final Money least;
    private final Money wanted;
    private final Duration longest;
    private final Money overdraft;
    private final List<Budget> budgets;

    private HoldRequest(
            String account, Money least, Money wanted, Duration longest, Money overdraft, List<Budget> budgets) {
        this.account = account;
        this.least = least;
        this.wanted = wanted;
        this.longest = longest;
        this.overdraft = overdraft;
        this.budgets = List.copyOf(budgets);
    }

    /**
     * A hold on an account's credit.
     *
     * @param least without so much there is no hold; not below zero
     * @param wanted what is held if there is so much, else all that there is; not below {@code least}
     * @param longest after which it expires, if nobody has ended it
     */
    public static HoldRequest on(String account, Money least, Money wanted, Duration longest) {
        if (least.isNegative() || least.exceeds(wanted)) {
            throw new IllegalArgumentException("a hold of at least " + least + ", better " + wanted);
        }
        return new HoldRequest(account, least, wanted, longest, Money.ZERO, List.of());
    }

    /**
     * A hold on budgets alone, for what a provider asks of an account itself. See {@link #on}.
     *
     * @param limits as for {@link #within}
     */
    public static HoldRequest onBudgets(List<Budget> limits, Money least, Money wanted, Duration longest) {
        return on("", least, wanted, longest).within(limits);
    }

    /** This wish, for an account that may go below zero by so much. */
    public HoldRequest overdraft(Money allowed) {
        return new HoldRequest(account, least, wanted, longest, allowed, budgets);
    }

    /** This wish, which must also fit into each of these budgets of one key; into none if this is not called. */
    public HoldRequest within(List<Budget> limits) {
        return new HoldRequest(account, least, wanted, longest, overdraft, limits);
    }

    /** Whose credit; empty if nobody's. */
    public String account() {
        return account;
    }

    /** See {@link #on}. */
    public Money least() {
        return least;
    }

    /** See {@link #on}. */
    public Money wanted() {
        return wanted;
    }

    /** See {@link #on}. */
    public Duration longest() {
        return longest;
    }

    /** See {@link #overdraft(Money)}; none if that was not called. */
    public Money overdraft() {
        return overdraft;
    }

    /** See {@link #within}. */
    public List<Budget> budgets() {
        return budgets;
    }
}
