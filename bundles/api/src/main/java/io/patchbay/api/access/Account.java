package io.patchbay.api.access;

import static java.util.Objects.requireNonNull;

import io.patchbay.api.ledger.Money;
import java.time.Instant;
import java.util.Optional;
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
    private final Permissions permissions;
    private final @Nullable String strategy;

    private Account(Builder builder) {
        this.id = builder.id;
        this.created = builder.created;
        this.name = builder.name;
        this.overdraft = builder.overdraft;
        this.permissions = builder.permissions;
        this.strategy = builder.strategy;
    }

    /**
     * Starts an account of this name without overdraft.
     *
     * @param id names it, also in the ledger
     */
    public static Builder builder(String id, Instant created) {
        return new Builder(id, created);
    }

    /** Starts an account that says what this one says until told otherwise. */
    public Builder toBuilder() {
        var builder = new Builder(id, created).name(name).overdraft(overdraft).permissions(permissions);
        builder.strategy = strategy;
        return builder;
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

    /** What its keys may use at the most. */
    public Permissions permissions() {
        return permissions;
    }

    /** Name of the routing strategy for requests that ask for none; empty for the installation's. */
    public Optional<String> strategy() {
        return Optional.ofNullable(strategy);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Account account
                && account.id.equals(id)
                && account.created.equals(created)
                && account.name.equals(name)
                && account.overdraft.equals(overdraft)
                && account.permissions.equals(permissions)
                && account.strategy().equals(strategy());
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
        private Permissions permissions = Permissions.ALL;
        private @Nullable String strategy;

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

        /** See {@link Account#permissions()}; everything if this is not called. */
        public Builder permissions(Permissions allowed) {
            this.permissions = allowed;
            return this;
        }

        /** See {@link Account#strategy()}. */
        public Builder strategy(Optional<String> name) {
            this.strategy = name.orElse(null);
            return this;
        }

        /** The account. */
        public Account build() {
            return new Account(this);
        }
    }
}
