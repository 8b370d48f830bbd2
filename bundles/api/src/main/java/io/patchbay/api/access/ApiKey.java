package io.patchbay.api.access;

import static java.util.Objects.requireNonNull;

import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.ledger.Budget;
import io.patchbay.api.ledger.Money;
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
    private final boolean countsOwnCredentials;
    private final boolean disabled;
    private final @Nullable Instant expires;
    private final Instant changed;
    private final Permissions permissions;
    private final RateLimits rateLimits;
    private final @Nullable String strategy;

    private ApiKey(Builder builder) {
        this.id = builder.id;
        this.label = builder.label;
        this.name = builder.name;
        this.purpose = builder.purpose;
        this.created = builder.created;
        this.account = builder.account;
        this.budget = builder.limit == null
                ? null
                : new Budget(builder.id, builder.limit, builder.period, builder.countsOwnCredentials);
        this.countsOwnCredentials = builder.countsOwnCredentials;
        this.disabled = builder.disabled;
        this.expires = builder.expires;
        this.changed = builder.changed;
        this.permissions = builder.permissions;
        this.rateLimits = builder.rateLimits;
        this.strategy = builder.strategy;
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

    /** Starts a key that says what this one says until told otherwise. */
    public Builder toBuilder() {
        var builder = new Builder(id, created)
                .label(label)
                .name(name)
                .purpose(purpose)
                .account(account)
                .countsOwnCredentials(countsOwnCredentials)
                .disabled(disabled)
                .changed(changed)
                .permissions(permissions)
                .rateLimits(rateLimits);
        builder.expires = expires;
        builder.strategy = strategy;
        if (budget != null) {
            builder.limit(budget.limit(), budget.period());
        }
        return builder;
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

    /** Whether what its account's own credentials at providers are used for counts against the budget too. */
    public boolean countsOwnCredentials() {
        return countsOwnCredentials;
    }

    /** Whether it is good for nothing until it is enabled again. */
    public boolean disabled() {
        return disabled;
    }

    /** From when on it is good for nothing; empty if never. */
    public Optional<Instant> expires() {
        return Optional.ofNullable(expires);
    }

    /** When it was changed the last time. */
    public Instant changed() {
        return changed;
    }

    /** What it may use. */
    public Permissions permissions() {
        return permissions;
    }

    /** How much it may ask within a minute. */
    public RateLimits rateLimits() {
        return rateLimits;
    }

    /** Name of the routing strategy for requests that ask for none; empty for its account's. */
    public Optional<String> strategy() {
        return Optional.ofNullable(strategy);
    }

    /**
     * Requires that it is good for generations.
     *
     * @throws io.patchbay.api.failure.FailureException FORBIDDEN for a key that manages
     */
    public void requireInference() {
        if (purpose == Purpose.MANAGEMENT) {
            throw Failure.of(FailureKind.FORBIDDEN, "This is a management key; it can't be used for generations.")
                    .toException();
        }
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
                && key.budget().equals(budget())
                && key.countsOwnCredentials == countsOwnCredentials
                && key.disabled == disabled
                && key.expires().equals(expires())
                && key.changed.equals(changed)
                && key.permissions.equals(permissions)
                && key.rateLimits.equals(rateLimits)
                && key.strategy().equals(strategy());
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
        private @Nullable Money limit;
        private Budget.Period period = Budget.Period.ALWAYS;
        private boolean countsOwnCredentials;
        private boolean disabled;
        private @Nullable Instant expires;
        private Instant changed;
        private Permissions permissions = Permissions.ALL;
        private RateLimits rateLimits = RateLimits.NONE;
        private @Nullable String strategy;

        private Builder(String id, Instant created) {
            this.id = requireNonNull(id, "id");
            this.created = requireNonNull(created, "created");
            this.changed = created;
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

        /**
         * See {@link ApiKey#budget()}.
         *
         * @param most in each period; not below zero
         */
        public Builder limit(Money most, Budget.Period renewed) {
            this.limit = most;
            this.period = renewed;
            return this;
        }

        /** No less may be spent than the account has. */
        public Builder unlimited() {
            this.limit = null;
            this.period = Budget.Period.ALWAYS;
            return this;
        }

        /** See {@link ApiKey#countsOwnCredentials()}. */
        public Builder countsOwnCredentials(boolean yes) {
            this.countsOwnCredentials = yes;
            return this;
        }

        /** See {@link ApiKey#disabled()}. */
        public Builder disabled(boolean yes) {
            this.disabled = yes;
            return this;
        }

        /** See {@link ApiKey#expires()}. */
        public Builder expires(Instant end) {
            this.expires = end;
            return this;
        }

        /** It is good for ever. */
        public Builder neverExpires() {
            this.expires = null;
            return this;
        }

        /** See {@link ApiKey#changed()}; {@link ApiKey#created()} if this is not called. */
        public Builder changed(Instant last) {
            this.changed = last;
            return this;
        }

        /** See {@link ApiKey#permissions()}; everything if this is not called. */
        public Builder permissions(Permissions allowed) {
            this.permissions = allowed;
            return this;
        }

        /** See {@link ApiKey#rateLimits()}; none if this is not called. */
        public Builder rateLimits(RateLimits limits) {
            this.rateLimits = limits;
            return this;
        }

        /** See {@link ApiKey#strategy()}. */
        public Builder strategy(Optional<String> called) {
            this.strategy = called.orElse(null);
            return this;
        }

        /** The key. */
        public ApiKey build() {
            return new ApiKey(this);
        }
    }
}
