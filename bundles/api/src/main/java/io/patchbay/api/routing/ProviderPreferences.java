package io.patchbay.api.routing;

import io.patchbay.api.catalog.Price;
import io.patchbay.api.json.JsonView;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The client's rules for choosing providers: the {@code provider} object of a request, as OpenRouter defines it. */
public final class ProviderPreferences {
    private static final ProviderPreferences NONE = new ProviderPreferences(new Builder());

    private final List<String> order;
    private final List<String> only;
    private final List<String> ignore;
    private final List<String> quantizations;
    private final List<String> regions;
    private final boolean allowFallbacks;
    private final boolean requireParameters;
    private final boolean dataCollection;
    private final boolean zeroDataRetention;
    private final boolean distillableText;
    private final boolean acrossModels;
    private final @Nullable String sort;
    private final Map<Price.Unit, BigDecimal> maxPrice;
    private final Cutoffs maxLatency;
    private final Cutoffs minThroughput;

    ProviderPreferences(Builder from) {
        this.order = from.order;
        this.only = from.only;
        this.ignore = from.ignore;
        this.quantizations = from.quantizations;
        this.regions = from.regions;
        this.allowFallbacks = from.allowFallbacks;
        this.requireParameters = from.requireParameters;
        this.dataCollection = from.dataCollection;
        this.zeroDataRetention = from.zeroDataRetention;
        this.distillableText = from.distillableText;
        this.acrossModels = from.acrossModels;
        this.sort = from.sort;
        this.maxPrice = from.maxPrice;
        this.maxLatency = from.maxLatency;
        this.minThroughput = from.minThroughput;
    }

    /** No rules. */
    public static ProviderPreferences none() {
        return NONE;
    }

    /**
     * Reads the rules.
     *
     * @throws io.patchbay.api.failure.FailureException INVALID_REQUEST that names an unknown or mistyped field
     */
    public static ProviderPreferences parse(JsonView json) {
        return new ProviderPreferencesReader(json).read();
    }

    /** Providers to try first, in this order: names, or {@code name/quantization}. */
    public List<String> order() {
        return order;
    }

    /** The only providers allowed, named likewise; empty for all. */
    public List<String> only() {
        return only;
    }

    /** Providers not allowed, named likewise. */
    public List<String> ignore() {
        return ignore;
    }

    /** The only quantizations allowed, {@code unknown} for those that nobody knows; empty for all. */
    public List<String> quantizations() {
        return quantizations;
    }

    /** The only regions in which prompts may be processed, in lower case; empty for anywhere. Patchbay's own rule. */
    public List<String> regions() {
        return regions;
    }

    /** Whether another endpoint may be tried when the first fails. */
    public boolean allowFallbacks() {
        return allowFallbacks;
    }

    /** Whether every parameter of the request has to be honoured: endpoints that are known not to are out. */
    public boolean requireParameters() {
        return requireParameters;
    }

    /** Whether providers may be used that keep prompts or train with them. */
    public boolean dataCollection() {
        return dataCollection;
    }

    /** Whether only providers may be used that keep nothing of a prompt once it is answered. */
    public boolean zeroDataRetention() {
        return zeroDataRetention;
    }

    /** Whether only models may be used whose author lets others learn from their texts. */
    public boolean distillableText() {
        return distillableText;
    }

    /** Name of the routing strategy the client asks for. */
    public Optional<String> sort() {
        return Optional.ofNullable(sort);
    }

    /** Whether the endpoints of all models are ordered together, instead of model by model. */
    public boolean acrossModels() {
        return acrossModels;
    }

    /** The most that an endpoint may ask, in dollars for one of each; what is not in it may cost anything. */
    public Map<Price.Unit, BigDecimal> maxPrice() {
        return maxPrice;
    }

    /** Endpoints whose time to the first token is worse, in seconds, are tried after those where it is not. */
    public Cutoffs maxLatency() {
        return maxLatency;
    }

    /** Endpoints that give fewer tokens per second are tried after those that do not. */
    public Cutoffs minThroughput() {
        return minThroughput;
    }

    /** What the reader has read. */
    static final class Builder {
        List<String> order = List.of();
        List<String> only = List.of();
        List<String> ignore = List.of();
        List<String> quantizations = List.of();
        List<String> regions = List.of();
        boolean allowFallbacks = true;
        boolean requireParameters;
        boolean dataCollection = true;
        boolean zeroDataRetention;
        boolean distillableText;
        boolean acrossModels;

        @Nullable
        String sort;

        Map<Price.Unit, BigDecimal> maxPrice = Map.of();
        Cutoffs maxLatency = Cutoffs.NONE;
        Cutoffs minThroughput = Cutoffs.NONE;
    }
}
