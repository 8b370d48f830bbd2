package io.patchbay.api.generation;

import static java.util.Objects.requireNonNull;

import io.patchbay.api.billing.Charge;
import io.patchbay.api.cache.CacheUse;
import io.patchbay.api.chat.Usage;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.pipeline.Note;
import io.patchbay.api.routing.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is kept of a generation: everything but what was said. Immutable. */
public final class GenerationRecord {
    private final String id;
    private final Instant created;
    private final String requestedModel;
    private final boolean streamed;
    private final Kind kind;
    private final String account;
    private final String key;
    private final boolean cancelled;
    private final @Nullable Failure failure;
    private final @Nullable Route route;
    private final List<Attempt> attempts;
    private final @Nullable Usage usage;
    private final @Nullable Charge charge;
    private final @Nullable String finishReason;
    private final Attribution attribution;
    private final List<Note> pipeline;
    private final @Nullable CacheUse cache;
    private final String answeredBy;
    private final String servedModel;
    private final Duration timeToFirstToken;
    private final Duration total;

    private GenerationRecord(Builder builder) {
        this.id = builder.id;
        this.created = builder.created;
        this.requestedModel = builder.requestedModel;
        this.streamed = builder.streamed;
        this.kind = builder.kind;
        this.account = builder.account;
        this.key = builder.key;
        this.cancelled = builder.cancelled;
        this.failure = builder.failure;
        this.route = builder.route;
        this.attempts = List.copyOf(builder.attempts);
        this.usage = builder.usage;
        this.charge = builder.charge;
        this.finishReason = builder.finishReason;
        this.attribution = builder.attribution;
        this.pipeline = List.copyOf(builder.pipeline);
        this.cache = builder.cache;
        this.answeredBy = builder.answeredBy;
        this.servedModel = builder.servedModel;
        this.timeToFirstToken = builder.timeToFirstToken;
        this.total = builder.total;
    }

    /** Starts a record. */
    public static Builder builder(String id, Instant created) {
        return new Builder(id, created);
    }

    /** The generation's id. */
    public String id() {
        return id;
    }

    /** When the request came. */
    public Instant created() {
        return created;
    }

    /** The first model the client named, as written. */
    public String requestedModel() {
        return requestedModel;
    }

    /** Whether the answer was streamed. */
    public boolean streamed() {
        return streamed;
    }

    /** What was asked of the model. */
    public Kind kind() {
        return kind;
    }

    /** Who pays; empty if nobody was found to. */
    public String account() {
        return account;
    }

    /** The id of the API key; empty if there was none. */
    public String key() {
        return key;
    }

    /** Whether the client left before the end. */
    public boolean cancelled() {
        return cancelled;
    }

    /** What the client was told instead of an answer, or of its end. */
    public Optional<Failure> failure() {
        return Optional.ofNullable(failure);
    }

    /** The plan; empty if it never came to one. */
    public Optional<Route> route() {
        return Optional.ofNullable(route);
    }

    /** All tries, in order. The last one is the one the client heard of. */
    public List<Attempt> attempts() {
        return attempts;
    }

    /** Whether the last try was made with the account's own credential, so that it pays the provider itself. */
    public boolean isOwn() {
        return !attempts.isEmpty()
                && attempts.get(attempts.size() - 1).endpoint().isOwn();
    }

    /** What it took; empty if there was no answer. */
    public Optional<Usage> usage() {
        return Optional.ofNullable(usage);
    }

    /** What it cost; empty if nothing was charged. */
    public Optional<Charge> charge() {
        return Optional.ofNullable(charge);
    }

    /** The canonical finish reason, if it came to one. */
    public Optional<String> finishReason() {
        return Optional.ofNullable(finishReason);
    }

    /** Where the request said that it came from. */
    public Attribution attribution() {
        return attribution;
    }

    /** What guardrails and plugins did to request and answer. */
    public List<Note> pipeline() {
        return pipeline;
    }

    /** How the wish for a kept answer fared; empty if there was none. */
    public Optional<CacheUse> cache() {
        return Optional.ofNullable(cache);
    }

    /** The model that really answered, also if it was before; empty if none did. */
    public String servedModel() {
        return attempts.isEmpty()
                ? servedModel
                : attempts.get(attempts.size() - 1).endpoint().model().toString();
    }

    /** Display name of the provider that was asked last, also if it was before; empty if none was. */
    public String answeredBy() {
        return attempts.isEmpty()
                ? answeredBy
                : attempts.get(attempts.size() - 1).endpoint().provider().displayName();
    }

    /** From the request to the first piece of the answer. */
    public Duration timeToFirstToken() {
        return timeToFirstToken;
    }

    /** From the request to the end. */
    public Duration total() {
        return total;
    }

    /** What can be asked of a model. */
    public enum Kind {
        /** An answer to messages. */
        CHAT,
        /** Vectors. */
        EMBEDDINGS,
        /** Texts in the order of how well they answer. */
        RERANK,
        /** Pictures. */
        IMAGE,
        /** A text read aloud. */
        SPEECH,
        /** A recording written down. */
        TRANSCRIPTION
    }

    /** Builds a {@link GenerationRecord}. For one thread. */
    public static final class Builder {
        private final String id;
        private final Instant created;
        private String requestedModel = "";
        private boolean streamed;
        private Kind kind = Kind.CHAT;
        private String account = "";
        private String key = "";
        private boolean cancelled;
        private @Nullable Failure failure;
        private @Nullable Route route;
        private List<Attempt> attempts = List.of();
        private @Nullable Usage usage;
        private @Nullable Charge charge;
        private @Nullable String finishReason;
        private Attribution attribution = Attribution.NONE;
        private List<Note> pipeline = List.of();
        private @Nullable CacheUse cache;
        private String answeredBy = "";
        private String servedModel = "";
        private Duration timeToFirstToken = Duration.ZERO;
        private Duration total = Duration.ZERO;

        private Builder(String id, Instant created) {
            this.id = requireNonNull(id, "id");
            this.created = requireNonNull(created, "created");
        }

        /** See {@link GenerationRecord#requestedModel()}. */
        public Builder requestedModel(String name) {
            this.requestedModel = name;
            return this;
        }

        /** See {@link GenerationRecord#streamed()}. */
        public Builder streamed(boolean yes) {
            this.streamed = yes;
            return this;
        }

        /** See {@link GenerationRecord#kind()}; {@link Kind#CHAT} if this is not called. */
        public Builder kind(Kind asked) {
            this.kind = asked;
            return this;
        }

        /** See {@link GenerationRecord#account()}. */
        public Builder account(String payer) {
            this.account = payer;
            return this;
        }

        /** See {@link GenerationRecord#key()}. */
        public Builder key(String id) {
            this.key = id;
            return this;
        }

        /** See {@link GenerationRecord#cancelled()}. */
        public Builder cancelled(boolean yes) {
            this.cancelled = yes;
            return this;
        }

        /** See {@link GenerationRecord#failure()}. */
        public Builder failure(Failure told) {
            this.failure = told;
            return this;
        }

        /** See {@link GenerationRecord#route()}. */
        public Builder route(Route plan) {
            this.route = plan;
            return this;
        }

        /** See {@link GenerationRecord#attempts()}. */
        public Builder attempts(List<Attempt> all) {
            this.attempts = all;
            return this;
        }

        /** See {@link GenerationRecord#usage()}. */
        public Builder usage(Usage counts) {
            this.usage = counts;
            return this;
        }

        /** See {@link GenerationRecord#charge()}. */
        public Builder charge(Charge paid) {
            this.charge = paid;
            return this;
        }

        /** See {@link GenerationRecord#finishReason()}. */
        public Builder finishReason(String canonical) {
            this.finishReason = canonical;
            return this;
        }

        /** See {@link GenerationRecord#attribution()}; {@link Attribution#NONE} if this is not called. */
        public Builder attribution(Attribution said) {
            this.attribution = said;
            return this;
        }

        /** See {@link GenerationRecord#pipeline()}. */
        public Builder pipeline(List<Note> notes) {
            this.pipeline = notes;
            return this;
        }

        /** See {@link GenerationRecord#cache()}. */
        public Builder cache(CacheUse use) {
            this.cache = use;
            return this;
        }

        /** Whose answer it is that was kept: see {@link GenerationRecord#servedModel()}, {@link GenerationRecord#answeredBy()}. */
        public Builder kept(String model, String provider) {
            this.servedModel = model;
            this.answeredBy = provider;
            return this;
        }

        /** See {@link GenerationRecord#timeToFirstToken()}. */
        public Builder timeToFirstToken(Duration time) {
            this.timeToFirstToken = time;
            return this;
        }

        /** See {@link GenerationRecord#total()}. */
        public Builder total(Duration time) {
            this.total = time;
            return this;
        }

        /** The record. */
        public GenerationRecord build() {
            return new GenerationRecord(this);
        }
    }
}
