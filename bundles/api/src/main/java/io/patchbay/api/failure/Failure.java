package io.patchbay.api.failure;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * One thing that went wrong: its kind and what is known about it. Immutable. Everything in it may be shown to the
 * client: whoever builds one leaves out secrets, hosts, stack traces and prompts.
 */
public final class Failure {
    private final FailureKind kind;
    private final String message;
    private final @Nullable String field;
    private final @Nullable Duration retryAfter;
    private final @Nullable String provider;
    private final @Nullable String providerCode;
    private final @Nullable String providerMessage;
    private final @Nullable Integer providerStatus;
    private final @Nullable String limitSource;
    private final @Nullable RateWindow rateWindow;
    private final List<String> excludedBy;
    private final List<String> patterns;

    private Failure(Builder builder) {
        this.kind = builder.kind;
        this.message = builder.message;
        this.field = builder.field;
        this.retryAfter = builder.retryAfter;
        this.provider = builder.provider;
        this.providerCode = builder.providerCode;
        this.providerMessage = builder.providerMessage;
        this.providerStatus = builder.providerStatus;
        this.limitSource = builder.limitSource;
        this.rateWindow = builder.rateWindow;
        this.excludedBy = builder.excludedBy;
        this.patterns = builder.patterns;
    }

    /** A failure of which no more is known. */
    public static Failure of(FailureKind kind, String message) {
        return builder(kind, message).build();
    }

    /** The request is wrong in one field. */
    public static Failure invalid(String field, String message) {
        return builder(FailureKind.INVALID_REQUEST, message).field(field).build();
    }

    /**
     * Starts a failure.
     *
     * @param message one sentence for the client that says what to do about it
     */
    public static Builder builder(FailureKind kind, String message) {
        return new Builder(kind, message);
    }

    /** This failure with some properties changed. */
    public Builder toBuilder() {
        var copy = new Builder(kind, message);
        copy.field = field;
        copy.retryAfter = retryAfter;
        copy.provider = provider;
        copy.providerCode = providerCode;
        copy.providerMessage = providerMessage;
        copy.providerStatus = providerStatus;
        copy.limitSource = limitSource;
        copy.rateWindow = rateWindow;
        copy.excludedBy = excludedBy;
        copy.patterns = patterns;
        return copy;
    }

    /** What went wrong. */
    public FailureKind kind() {
        return kind;
    }

    /** One sentence for the client. */
    public String message() {
        return message;
    }

    /** The request field at fault, as a path: {@code messages[0].content}. */
    public Optional<String> field() {
        return Optional.ofNullable(field);
    }

    /** How long to wait before the next try. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** Display name of the provider that failed. */
    public Optional<String> provider() {
        return Optional.ofNullable(provider);
    }

    /** The provider's own error code. */
    public Optional<String> providerCode() {
        return Optional.ofNullable(providerCode);
    }

    /** The provider's own message. */
    public Optional<String> providerMessage() {
        return Optional.ofNullable(providerMessage);
    }

    /** The HTTP status the provider answered with. */
    public OptionalInt providerStatus() {
        return providerStatus == null ? OptionalInt.empty() : OptionalInt.of(providerStatus);
    }

    /**
     * What is used up, if it is something of the client's: {@code credits}, {@code key_limit}, {@code in_flight_budget},
     * {@code key_rate_limit}, {@code guardrail_budget}; or of all providers that were left, {@code provider_rate_limit}.
     */
    public Optional<String> limitSource() {
        return Optional.ofNullable(limitSource);
    }

    /** Which rate limit of ours is used up, if one is. */
    public Optional<RateWindow> rateWindow() {
        return Optional.ofNullable(rateWindow);
    }

    /**
     * If nobody could take a request: what was against those who serve the model, in OpenRouter's words, {@code max_price},
     * {@code data_policy:zdr}. Empty if nothing was, or if that is not what went wrong.
     */
    public List<String> excludedBy() {
        return excludedBy;
    }

    /** Names of the patterns for which a guardrail refused a prompt or an answer; never what was found. */
    public List<String> patterns() {
        return patterns;
    }

    /** Wraps it, to be thrown. */
    public FailureException toException() {
        return new FailureException(this);
    }

    @Override
    public String toString() {
        return kind + ": " + message;
    }

    /** Builds a {@link Failure}. For one thread. */
    public static final class Builder {
        private final FailureKind kind;
        private final String message;
        private @Nullable String field;
        private @Nullable Duration retryAfter;
        private @Nullable String provider;
        private @Nullable String providerCode;
        private @Nullable String providerMessage;
        private @Nullable Integer providerStatus;
        private @Nullable String limitSource;
        private @Nullable RateWindow rateWindow;
        private List<String> excludedBy = List.of();
        private List<String> patterns = List.of();

        private Builder(FailureKind kind, String message) {
            this.kind = requireNonNull(kind, "kind");
            this.message = requireNonNull(message, "message");
        }

        /** See {@link Failure#field()}. */
        public Builder field(String path) {
            this.field = path;
            return this;
        }

        /** See {@link Failure#retryAfter()}. */
        public Builder retryAfter(Duration wait) {
            this.retryAfter = wait;
            return this;
        }

        /** See {@link Failure#limitSource()}. */
        public Builder limitSource(String usedUp) {
            this.limitSource = usedUp;
            return this;
        }

        /** See {@link Failure#rateWindow()}. */
        public Builder rateWindow(RateWindow usedUp) {
            this.rateWindow = usedUp;
            return this;
        }

        /** See {@link Failure#excludedBy()}. */
        public Builder excludedBy(List<String> rules) {
            this.excludedBy = List.copyOf(rules);
            return this;
        }

        /** See {@link Failure#patterns()}. */
        public Builder patterns(List<String> names) {
            this.patterns = List.copyOf(names);
            return this;
        }

        /** See {@link Failure#provider()}. */
        public Builder provider(String displayName) {
            this.provider = displayName;
            return this;
        }

        /** See {@link Failure#providerCode()}. */
        public Builder providerCode(String code) {
            this.providerCode = code;
            return this;
        }

        /** See {@link Failure#providerMessage()}. */
        public Builder providerMessage(String text) {
            this.providerMessage = text;
            return this;
        }

        /** See {@link Failure#providerStatus()}. */
        public Builder providerStatus(int status) {
            this.providerStatus = status;
            return this;
        }

        /** The failure. */
        public Failure build() {
            return new Failure(this);
        }
    }
}
