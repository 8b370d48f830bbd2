package io.patchbay.api.catalog;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One model at one provider, with what is known about it. Immutable; two endpoints are equal if their ids are. */
public final class Endpoint {
    private final String id;
    private final ModelId model;
    private final Provider provider;
    private final String upstreamModel;
    private final String modelDisplayName;
    private final String description;
    private final long contextLength;
    private final long maxCompletionTokens;
    private final @Nullable Price price;
    private final Set<String> supportedParameters;
    private final Set<String> inputModalities;
    private final Set<String> outputModalities;
    private final String quantization;
    private final String tokenizer;
    private final String knowledgeCutoff;
    private final long created;
    private final String serviceTier;
    private final @Nullable Price usualPrice;

    private Endpoint(Builder builder) {
        var owner = builder.provider.account();
        this.id = builder.provider.name()
                + (builder.serviceTier.isEmpty() ? "" : '/' + builder.serviceTier)
                + ':'
                + builder.model
                + (owner.isEmpty() ? "" : '@' + owner.get());
        this.model = builder.model;
        this.provider = builder.provider;
        this.upstreamModel = builder.upstreamModel;
        this.modelDisplayName = builder.modelDisplayName;
        this.description = builder.description;
        this.contextLength = builder.contextLength;
        this.maxCompletionTokens = builder.maxCompletionTokens;
        this.price = builder.price;
        this.supportedParameters = Set.copyOf(builder.supportedParameters);
        this.inputModalities = Set.copyOf(builder.inputModalities);
        this.outputModalities = Set.copyOf(builder.outputModalities);
        this.quantization = builder.quantization;
        this.tokenizer = builder.tokenizer;
        this.knowledgeCutoff = builder.knowledgeCutoff;
        this.created = builder.created;
        this.serviceTier = builder.serviceTier;
        this.usualPrice = builder.usualPrice;
    }

    /** Starts an endpoint; the provider knows the model by its name without the author until told otherwise. */
    public static Builder builder(ModelId model, Provider provider) {
        return new Builder(model, provider);
    }

    /** Starts an endpoint that says what this one says until told otherwise. */
    public Builder toBuilder() {
        return copy(provider);
    }

    /** This endpoint, asked with an account's own credential. */
    public Endpoint at(Provider ofAccount) {
        return copy(ofAccount).build();
    }

    private Builder copy(Provider at) {
        var builder = new Builder(model, at)
                .upstreamModel(upstreamModel)
                .modelDisplayName(modelDisplayName)
                .description(description)
                .contextLength(contextLength)
                .maxCompletionTokens(maxCompletionTokens)
                .supportedParameters(supportedParameters)
                .inputModalities(inputModalities)
                .outputModalities(outputModalities)
                .quantization(quantization)
                .tokenizer(tokenizer)
                .knowledgeCutoff(knowledgeCutoff)
                .created(created);
        builder.price = price;
        builder.serviceTier = serviceTier;
        builder.usualPrice = usualPrice;
        return builder;
    }

    /** This endpoint, asked for another tier of service, at another price: see {@link #serviceTier()}. */
    public Endpoint atServiceTier(String name, Price asked) {
        var builder = copy(provider).price(asked);
        builder.serviceTier = name;
        builder.usualPrice = price;
        return builder.build();
    }

    /** This endpoint without a tier of service of its own. */
    public Endpoint atUsualServiceTier() {
        if (serviceTier.isEmpty()) {
            return this;
        }
        var builder = copy(provider);
        builder.price = usualPrice;
        builder.serviceTier = "";
        builder.usualPrice = null;
        return builder.build();
    }

    /**
     * Names this endpoint in health, routes and logs: {@code provider:author/name}, with an account's own credential
     * {@code provider:author/name@account}, of a tier of service {@code provider/flex:author/name}.
     */
    public String id() {
        return id;
    }

    /** Whether an account asks it with a credential of its own, and pays the provider itself. */
    public boolean isOwn() {
        return provider.account().isPresent();
    }

    /** The model as clients name it. */
    public ModelId model() {
        return model;
    }

    /** Who serves it. */
    public Provider provider() {
        return provider;
    }

    /** The model as the provider names it. */
    public String upstreamModel() {
        return upstreamModel;
    }

    /** The model as people name it. */
    public String modelDisplayName() {
        return modelDisplayName;
    }

    /** What the model is, in a sentence or two; may be empty. */
    public String description() {
        return description;
    }

    /** Prompt and completion tokens that fit, if known. */
    public OptionalLong contextLength() {
        return contextLength <= 0 ? OptionalLong.empty() : OptionalLong.of(contextLength);
    }

    /** Completion tokens that the provider allows, if known. */
    public OptionalLong maxCompletionTokens() {
        return maxCompletionTokens <= 0 ? OptionalLong.empty() : OptionalLong.of(maxCompletionTokens);
    }

    /**
     * What the provider asks, if known, or what the operator has it cost where it is not known. An endpoint without a
     * price is known, but gets no request: nobody could say what that would cost.
     */
    public Optional<Price> price() {
        return Optional.ofNullable(price);
    }

    /** Request parameters that it honours ({@code tools}, {@code seed}, …); empty if nothing is known. */
    public Set<String> supportedParameters() {
        return supportedParameters;
    }

    /** What a prompt may hold: {@code text}, {@code image}, {@code file}, {@code audio}, {@code video}; empty if unknown. */
    public Set<String> inputModalities() {
        return inputModalities;
    }

    /** What an answer may hold, in the same words; empty if unknown. */
    public Set<String> outputModalities() {
        return outputModalities;
    }

    /** How coarsely the weights are stored, in OpenRouter's words ({@code fp8}, {@code int4}, …); empty if unknown. */
    public Optional<String> quantization() {
        return quantization.isEmpty() ? Optional.empty() : Optional.of(quantization);
    }

    /** The family of its tokenizer, in OpenRouter's words ({@code GPT}, {@code Claude}, …); empty if unknown. */
    public Optional<String> tokenizer() {
        return tokenizer.isEmpty() ? Optional.empty() : Optional.of(tokenizer);
    }

    /** The day up to which it knows the world, such as {@code 2025-06-30}; empty if unknown. */
    public Optional<String> knowledgeCutoff() {
        return knowledgeCutoff.isEmpty() ? Optional.empty() : Optional.of(knowledgeCutoff);
    }

    /**
     * How soon the provider serves it, at which price, as the request has to say in {@code service_tier} ({@code flex},
     * {@code priority}); empty if as usual.
     */
    public Optional<String> serviceTier() {
        return serviceTier.isEmpty() ? Optional.empty() : Optional.of(serviceTier);
    }

    /** When the model came out, in seconds of Unix time; 0 if unknown. */
    public long created() {
        return created;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Endpoint endpoint && endpoint.id.equals(id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return id;
    }

    /** Builds an {@link Endpoint}. For one thread. */
    public static final class Builder {
        private final ModelId model;
        private final Provider provider;
        private String upstreamModel;
        private String modelDisplayName;
        private String description = "";
        private long contextLength;
        private long maxCompletionTokens;
        private @Nullable Price price;
        private Set<String> supportedParameters = Set.of();
        private Set<String> inputModalities = Set.of();
        private Set<String> outputModalities = Set.of();
        private String quantization = "";
        private String tokenizer = "";
        private String knowledgeCutoff = "";
        private long created;
        private String serviceTier = "";
        private @Nullable Price usualPrice;

        private Builder(ModelId model, Provider provider) {
            this.model = requireNonNull(model, "model");
            this.provider = requireNonNull(provider, "provider");
            this.upstreamModel = model.name();
            this.modelDisplayName = model.toString();
        }

        /** See {@link Endpoint#upstreamModel()}. */
        public Builder upstreamModel(String name) {
            this.upstreamModel = name;
            return this;
        }

        /** See {@link Endpoint#modelDisplayName()}. */
        public Builder modelDisplayName(String name) {
            this.modelDisplayName = name;
            return this;
        }

        /** See {@link Endpoint#description()}. */
        public Builder description(String text) {
            this.description = text;
            return this;
        }

        /** See {@link Endpoint#contextLength()}; 0 for unknown. */
        public Builder contextLength(long tokens) {
            this.contextLength = tokens;
            return this;
        }

        /** See {@link Endpoint#maxCompletionTokens()}; 0 for unknown. */
        public Builder maxCompletionTokens(long tokens) {
            this.maxCompletionTokens = tokens;
            return this;
        }

        /** See {@link Endpoint#price()}. */
        public Builder price(Price asked) {
            this.price = asked;
            return this;
        }

        /** See {@link Endpoint#supportedParameters()}. */
        public Builder supportedParameters(Set<String> names) {
            this.supportedParameters = names;
            return this;
        }

        /** See {@link Endpoint#inputModalities()}. */
        public Builder inputModalities(Set<String> words) {
            this.inputModalities = words;
            return this;
        }

        /** See {@link Endpoint#outputModalities()}. */
        public Builder outputModalities(Set<String> words) {
            this.outputModalities = words;
            return this;
        }

        /** See {@link Endpoint#quantization()}; empty for unknown. */
        public Builder quantization(String word) {
            this.quantization = word;
            return this;
        }

        /** See {@link Endpoint#tokenizer()}; empty for unknown. */
        public Builder tokenizer(String family) {
            this.tokenizer = family;
            return this;
        }

        /** See {@link Endpoint#knowledgeCutoff()}; empty for unknown. */
        public Builder knowledgeCutoff(String day) {
            this.knowledgeCutoff = day;
            return this;
        }

        /** See {@link Endpoint#created()}. */
        public Builder created(long unixSeconds) {
            this.created = unixSeconds;
            return this;
        }

        /** The endpoint. */
        public Endpoint build() {
            return new Endpoint(this);
        }
    }
}
