package io.patchbay.api.routing;

import io.patchbay.api.access.Rules;
import io.patchbay.api.chat.ModelRequest;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What is to be routed. Immutable. */
public final class RoutingRequest {
    private final ModelRequest request;
    private final List<Choice> choices;
    private final ProviderPreferences preferences;
    private final Rules rules;
    private final long promptTokens;
    private final long completionTokens;
    private final boolean isCounted;
    private final Load load;
    private final Set<String> warm;
    private final Instant time;

    private RoutingRequest(Builder from) {
        this.request = from.request;
        this.choices = from.choices;
        this.preferences = from.preferences;
        this.rules = from.rules;
        this.promptTokens = from.promptTokens;
        this.completionTokens = from.completionTokens;
        this.isCounted = from.isCounted;
        this.load = from.load;
        this.warm = from.warm;
        this.time = from.time;
    }

    /**
     * Begins one without rules or limits.
     *
     * @param request a chat, or a wish for embeddings
     * @param choices the models it names, in the client's order
     */
    public static Builder builder(ModelRequest request, List<Choice> choices) {
        return new Builder(request, choices);
    }

    /** A chat, or a wish for embeddings. */
    public ModelRequest request() {
        return request;
    }

    /** The models it names, in the client's order. */
    public List<Choice> choices() {
        return choices;
    }

    /** The client's rules. */
    public ProviderPreferences preferences() {
        return preferences;
    }

    /** What applies to its API key. */
    public Rules rules() {
        return rules;
    }

    /** How long the prompt is, in tokens, about. */
    public long promptTokens() {
        return promptTokens;
    }

    /** Whether the prompt was counted, rather than reckoned from its size. */
    public boolean isCounted() {
        return isCounted;
    }

    /** How long the answer is expected to be, in tokens. */
    public long completionTokens() {
        return completionTokens;
    }

    /** How busy endpoints are. */
    public Load load() {
        return load;
    }

    /** Ids of the endpoints that hold the beginning of this conversation in their prompt caches. */
    public Set<String> warm() {
        return warm;
    }

    /** When the request came. */
    public Instant time() {
        return time;
    }

    /** Collects what is known of a request. */
    public static final class Builder {
        private final ModelRequest request;
        private final List<Choice> choices;
        private ProviderPreferences preferences = ProviderPreferences.none();
        private Rules rules = Rules.NONE;
        private long promptTokens;
        private long completionTokens;
        private boolean isCounted;
        private Load load = Load.NONE;
        private Set<String> warm = Set.of();
        private Instant time = Instant.EPOCH;

        private Builder(ModelRequest request, List<Choice> choices) {
            this.request = request;
            this.choices = List.copyOf(choices);
        }

        /** The client's rules. */
        public Builder preferences(ProviderPreferences rules) {
            preferences = rules;
            return this;
        }

        /** What applies to its API key. */
        public Builder rules(Rules ofTheKey) {
            rules = ofTheKey;
            return this;
        }

        /** How long it is, in tokens, about: the prompt, and the answer as far as one can expect. */
        public Builder tokens(long prompt, long completion) {
            promptTokens = prompt;
            completionTokens = completion;
            return this;
        }

        /** Whether the prompt was counted, rather than reckoned from its size. */
        public Builder counted(boolean exactly) {
            isCounted = exactly;
            return this;
        }

        /** How busy endpoints are. */
        public Builder load(Load now) {
            load = now;
            return this;
        }

        /** The endpoints that hold the beginning of this conversation in their prompt caches, by id. */
        public Builder warm(Set<String> endpointIds) {
            warm = Set.copyOf(endpointIds);
            return this;
        }

        /** When the request came. */
        public Builder time(Instant came) {
            time = came;
            return this;
        }

        /** The request. */
        public RoutingRequest build() {
            return new RoutingRequest(this);
        }
    }
}
