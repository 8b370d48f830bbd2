package io.patchbay.api.access;

import static java.util.Objects.requireNonNull;

import io.patchbay.api.ledger.Budget;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An API key without its secret. Immutable; two are equal if they say the same. */
public final class ApiKey {
    private final String id;
    private final String label;
    private final String name;
    private final Purpose purpose;
    private final Instant created;
    private final Account account;
    private final @Nullable Budget budget;

    private ApiKey(Builder builder) {
        this.id = builder.id;
        this.label = builder.label;
        this.name = builder.name;
        this.purpose = builder.purpose;
        this.created = builder.created;
        this.account = builder.account;
        this.budget = builder.budget;
    }

    /**
     * Starts a key for inference that belongs to the operator.
     *
     * @param id names it: the hexadecimal hash under which it is stored
     * @param created when it was made
     */
    public static Builder builder(String id, Instant created) {
        return new Builder(id, created);
    }

    /** Names it: the hexadecimal hash under which it is stored. */
    public String id() {
        return id;
    }

    /** Shows it: {@code sk-pb-v1-abc...123}. */
    public String label() {
        return label;
    }

    /** What its owner calls it. */
    public String name() {
        return name;
    }

    /** What it is good for. */
    public Purpose purpose() {
        return purpose;
    }

    /** When it was made. */
    public Instant created() {
        return created;
    }

    /** Who pays. */
    public Account account() {
        return account;
    }

    /** How much may be spent with it; empty if no less than its account has. */
    public Optional<Budget> budget() {
        return Optional.ofNullable(budget);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ApiKey key
                && key.id.equals(id)
                && key.label.equals(label)
                && key.name.equals(name)
                && key.purpose == purpose
                && key.created.equals(created)
                && key.account.equals(account)
                && key.budget().equals(budget());
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    /** Its name, for people. */
    @Override
    public String toString() {
        return label;
    }

    /** What a key is good for. One that manages can't infer. */
    public enum Purpose {
        /** Generations. */
        INFERENCE,
        /** Keys, credits and everything else that is not a generation. */
        MANAGEMENT
    }

    /** Builds an {@link ApiKey}. For one thread. */
    public static final class Builder {
        private final String id;
        private final Instant created;
        private String label = "";
        private String name = "";
        private Purpose purpose = Purpose.INFERENCE;
        private Account account = Account.OPERATOR;
        private @Nullable Budget budget;

        private Builder(String id, Instant created) {
            this.id = requireNonNull(id, "id");
            this.created = requireNonNull(created, "created");
        }

        /** See {@link ApiKey#label()}. */
        public Builder label(String shown) {
            this.label = shown;
            return this;
        }

        /** See {@link ApiKey#name()}. */
        public Builder name(String called) {
            this.name = called;
            return this;
        }

        /** See {@link ApiKey#purpose()}. */
        public Builder purpose(Purpose goodFor) {
            this.purpose = goodFor;
            return this;
        }

        /** See {@link ApiKey#account()}. */
        public Builder account(Account payer) {
            this.account = payer;
            return this;
        }

        /** See {@link ApiKey#budget()}. */
        public Builder budget(Budget limit) {
            this.budget = limit;
            return this;
        }

        /** The key. */
        public ApiKey build() {
            return new ApiKey(this);
        }
    }
}
