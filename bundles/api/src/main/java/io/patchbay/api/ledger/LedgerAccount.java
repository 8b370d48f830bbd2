package io.patchbay.api.ledger;

import java.util.Locale;

/**
 * One side of the book. Written {@code credit/acme}, {@code cost/groq}, {@code margin}.
 *
 * @param kind what it is for
 * @param owner whose it is, in the kinds of which there are many; empty in the others
 */
public record LedgerAccount(Kind kind, String owner) {
    /** What we earned: charges less their cost. */
    public static final LedgerAccount MARGIN = new LedgerAccount(Kind.MARGIN, "");
    /** Fees on top-ups. */
    public static final LedgerAccount FEES = new LedgerAccount(Kind.FEES, "");
    /** Credit that nobody paid for; below zero by as much as was given away. */
    public static final LedgerAccount PROMOTIONS = new LedgerAccount(Kind.PROMOTIONS, "");
    /** Costs that nobody could be charged for; below zero by as much. */
    public static final LedgerAccount WRITE_OFF = new LedgerAccount(Kind.WRITE_OFF, "");
    /** The world outside, from which payments come; below zero by as much as came. */
    public static final LedgerAccount PAYMENTS = new LedgerAccount(Kind.PAYMENTS, "");

    /** Checks that the owner fits the kind. */
    public LedgerAccount {
        if (kind.isOwned() == owner.isEmpty()) {
            throw new IllegalArgumentException(kind + " with the owner \"" + owner + '"');
        }
    }

    /** The prepaid credit of an account. */
    public static LedgerAccount credit(String account) {
        return new LedgerAccount(Kind.CREDIT, account);
    }

    /** What a provider is owed. */
    public static LedgerAccount cost(String provider) {
        return new LedgerAccount(Kind.COST, provider);
    }

    /** What accounts owe a provider themselves. Beside the operator's money, as a record. */
    public static LedgerAccount ownCost(String provider) {
        return new LedgerAccount(Kind.OWN_COST, provider);
    }

    /** What an account pays providers itself; below zero by as much. */
    public static LedgerAccount ownPayments(String account) {
        return new LedgerAccount(Kind.OWN_PAYMENTS, account);
    }

    /** Reads what {@link #toString} wrote. */
    public static LedgerAccount parse(String text) {
        int slash = text.indexOf('/');
        var kind = slash < 0 ? text : text.substring(0, slash);
        return new LedgerAccount(
                Kind.valueOf(kind.toUpperCase(Locale.ROOT)), slash < 0 ? "" : text.substring(slash + 1));
    }

    @Override
    public String toString() {
        var name = kind.name().toLowerCase(Locale.ROOT);
        return owner.isEmpty() ? name : name + '/' + owner;
    }

    /** What a ledger account is for. */
    public enum Kind {
        /** See {@link LedgerAccount#credit}. */
        CREDIT(true),
        /** See {@link LedgerAccount#cost}. */
        COST(true),
        /** See {@link LedgerAccount#ownCost}. */
        OWN_COST(true),
        /** See {@link LedgerAccount#ownPayments}. */
        OWN_PAYMENTS(true),
        /** See {@link LedgerAccount#MARGIN}. */
        MARGIN(false),
        /** See {@link LedgerAccount#FEES}. */
        FEES(false),
        /** See {@link LedgerAccount#PROMOTIONS}. */
        PROMOTIONS(false),
        /** See {@link LedgerAccount#WRITE_OFF}. */
        WRITE_OFF(false),
        /** See {@link LedgerAccount#PAYMENTS}. */
        PAYMENTS(false);

        private final boolean owned;

        Kind(boolean owned) {
            this.owned = owned;
        }

        /** Whether each is somebody's. */
        public boolean isOwned() {
            return owned;
        }
    }
}
