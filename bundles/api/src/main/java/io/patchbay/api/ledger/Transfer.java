package io.patchbay.api.ledger;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A movement of money: it takes as much as it gives, and is never changed. What was wrong is put right by another one.
 * Two are equal if they say the same.
 */
public final class Transfer {
    /** Enough for any id of ours; longer ones come from nobody who means well. */
    private static final int LONGEST_ID = 128;

    private final String id;
    private final Kind kind;
    private final Instant created;
    private final List<Entry> entries;
    private final String budget;
    private final String details;

    private Transfer(Builder builder) {
        this.id = builder.id;
        this.kind = builder.kind;
        this.created = builder.created;
        this.entries = List.copyOf(builder.entries);
        this.budget = builder.budget;
        this.details = builder.details;
    }

    /**
     * Starts a transfer.
     *
     * @param id makes it happen once, however often it is asked for: 1 to 128 printable characters
     * @param created counts to the millisecond
     */
    public static Builder builder(String id, Kind kind, Instant created) {
        return new Builder(id, kind, created);
    }

    /** The idempotency key. */
    public String id() {
        return id;
    }

    /** Why it was made. */
    public Kind kind() {
        return kind;
    }

    /** When; its UTC day is the one that it counts for. */
    public Instant created() {
        return created;
    }

    /** Its legs; their amounts sum to zero. An account is in one of them at the most. */
    public List<Entry> entries() {
        return entries;
    }

    /** The budget that it is spent from, if any: the id of an API key, or {@link Budget#ofOwnCost}. */
    public Optional<String> budget() {
        return budget.isEmpty() ? Optional.empty() : Optional.of(budget);
    }

    /** What an auditor wants to know of it, as a JSON object. */
    public String details() {
        return details;
    }

    /**
     * What the accounts in it lose of their credit, the charge, if it is one; or what they pay a provider themselves.
     * Below zero if they gain.
     */
    public Money debit() {
        var debit = Money.ZERO;
        for (var entry : entries) {
            if (isSpent(entry.account().kind())) {
                debit = debit.minus(entry.amount());
            }
        }
        return debit;
    }

    private static boolean isSpent(LedgerAccount.Kind kind) {
        return kind == LedgerAccount.Kind.CREDIT || kind == LedgerAccount.Kind.OWN_PAYMENTS;
    }

    /** Whether it moves what the other one moves, whenever and with whatever details. */
    public boolean movesAs(Transfer other) {
        return kind == other.kind
                && budget.equals(other.budget)
                && Set.copyOf(entries).equals(Set.copyOf(other.entries));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Transfer transfer
                && transfer.id.equals(id)
                && transfer.created.equals(created)
                && transfer.details.equals(details)
                && transfer.movesAs(this);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return kind + " " + id + " " + entries;
    }

    /** Why money moves. */
    public enum Kind {
        /** A generation was answered. */
        CHARGE,
        /** A provider asks the account itself for an answer, which showed it a credential of its own. */
        OWN_COST,
        /** A provider asks for what nobody was charged for. */
        LOSS,
        /** Somebody paid. */
        TOP_UP,
        /** Credit that nobody paid for. */
        GRANT,
        /** The operator puts something right. */
        ADJUSTMENT
    }

    /** Builds a {@link Transfer}. For one thread. */
    public static final class Builder {
        private final String id;
        private final Kind kind;
        private final Instant created;
        private final List<Entry> entries = new ArrayList<>(4);
        private String budget = "";
        private String details = "{}";

        private Builder(String id, Kind kind, Instant created) {
            if (id.isEmpty() || id.length() > LONGEST_ID || id.chars().anyMatch(c -> c <= ' ' || c > '~')) {
                throw new IllegalArgumentException("a transfer's id has 1 to " + LONGEST_ID + " printable characters");
            }
            this.id = id;
            this.kind = kind;
            this.created = created.truncatedTo(ChronoUnit.MILLIS);
        }

        /** Adds a leg, unless it is nothing. */
        public Builder entry(LedgerAccount account, Money amount) {
            if (entries.stream().anyMatch(entry -> entry.account().equals(account))) {
                throw new IllegalArgumentException(account + " twice in " + id);
            }
            if (!amount.isZero()) {
                entries.add(new Entry(account, amount));
            }
            return this;
        }

        /** See {@link Transfer#budget()}. */
        public Builder budget(String of) {
            this.budget = of;
            return this;
        }

        /** See {@link Transfer#details()}. */
        public Builder details(String json) {
            this.details = json;
            return this;
        }

        /**
         * The transfer.
         *
         * @throws IllegalStateException if it gives more or less than it takes
         */
        public Transfer build() {
            var sum = entries.stream().map(Entry::amount).reduce(Money.ZERO, Money::plus);
            if (!sum.isZero()) {
                throw new IllegalStateException("transfer " + id + " is out of balance by " + sum);
            }
            return new Transfer(this);
        }
    }
}
