package io.patchbay.api.access;

import static java.util.Objects.requireNonNull;

import io.patchbay.api.ledger.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Who pays. Immutable; two are equal if they say the same. */
public final class Account {
    /** The operator, who prepays nothing: a thousand million dollars are nobody's limit. */
    public static final Account OPERATOR = builder("operator", Instant.EPOCH)
            .name("Operator")
            .overdraft(new Money(1_000_000_000L * 1_000_000_000L))
            .build();

    private final String id;
    private final Instant created;
    private final String name;
    private final Money overdraft;

    private Account(Builder builder) {
        this.id = builder.id;
        this.created = builder.created;
        this.name = builder.name;
        this.overdraft = builder.overdraft;
    }

    /**
     * Starts an account of this name without overdraft.
     *
     * @param id names it, also in the ledger
     */
    public static Builder builder(String id, Instant created) {
        return new Builder(id, created);
    }

    /** Names it, also in the ledger. */
    public String id() {
        return id;
    }

    /** When it was made; {@link Instant#EPOCH} if it has always been there. */
    public Instant created() {
        return created;
    }

    /** What people call it. */
    public String name() {
        return name;
    }

    /** How far its credit may go below zero. */
    public Money overdraft() {
        return overdraft;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Account account
                && account.id.equals(id)
                && account.created.equals(created)
                && account.name.equals(name)
                && account.overdraft.equals(overdraft);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return id;
    }

    /** Builds an {@link Account}. For one thread. */
    public static final class Builder {
        private final String id;
        private final Instant created;
        private String name;
        private Money overdraft = Money.ZERO;

        private Builder(String id, Instant created) {
            this.id = requireNonNull(id, "id");
            this.created = requireNonNull(created, "created");
            this.name = id;
        }

        /** See {@link Account#name()}. */
        public Builder name(String called) {
            this.name = called;
            return this;
        }

        /** See {@link Account#overdraft()}. */
        public Builder overdraft(Money allowed) {
            this.overdraft = allowed;
            return this;
        }

        /** The account. */
        public Account build() {
            return new Account(this);
        }
    }
}
