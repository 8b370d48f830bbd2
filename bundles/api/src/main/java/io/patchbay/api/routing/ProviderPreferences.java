package io.patchbay.api.routing;

import io.patchbay.api.failure.Failure;
import io.patchbay.api.json.JsonKind;
import io.patchbay.api.json.JsonView;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The client's rules for choosing providers: the {@code provider} object of a request, as OpenRouter defines it. */
public final class ProviderPreferences {
    private static final ProviderPreferences NONE =
            new ProviderPreferences(List.of(), List.of(), List.of(), true, false, true, null);

    private static final Set<String> KNOWN = Set.of(
            "order",
            "only",
            "ignore",
            "allow_fallbacks",
            "require_parameters",
            "data_collection",
            "zdr",
            "enforce_distillable_text",
            "quantizations",
            "sort",
            "max_price",
            "preferred_min_throughput",
            "preferred_max_latency");

    private final List<String> order;
    private final List<String> only;
    private final List<String> ignore;
    private final boolean allowFallbacks;
    private final boolean requireParameters;
    private final boolean dataCollection;
    private final @Nullable String sort;

    private ProviderPreferences(
            List<String> order,
            List<String> only,
            List<String> ignore,
            boolean allowFallbacks,
            boolean requireParameters,
            boolean dataCollection,
            @Nullable String sort) {
        this.order = order;
        this.only = only;
        this.ignore = ignore;
        this.allowFallbacks = allowFallbacks;
        this.requireParameters = requireParameters;
        this.dataCollection = dataCollection;
        this.sort = sort;
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
        for (var name : json.names()) {
            if (!KNOWN.contains(name)) {
                throw Failure.invalid("provider." + name, "Unrecognized key in 'provider': '" + name + "'.")
                        .toException();
            }
        }
        return new ProviderPreferences(
                names(json, "order"),
                names(json, "only"),
                names(json, "ignore"),
                flag(json, "allow_fallbacks", true),
                flag(json, "require_parameters", false),
                dataCollection(json),
                sort(json));
    }

    /** Providers to try first, in this order. */
    public List<String> order() {
        return order;
    }

    /** The only providers allowed; empty for all. */
    public List<String> only() {
        return only;
    }

    /** Providers not allowed. */
    public List<String> ignore() {
        return ignore;
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

    /** Name of the routing strategy the client asks for. */
    public Optional<String> sort() {
        return Optional.ofNullable(sort);
    }

    private static List<String> names(JsonView json, String field) {
        var kind = json.kind(field);
        if (kind.isEmpty() || kind.get() == JsonKind.NULL) {
            return List.of();
        }
        boolean allStrings = kind.get() == JsonKind.ARRAY
                && json.elementKinds(field).stream().allMatch(element -> element == JsonKind.STRING);
        if (!allStrings) {
            throw Failure.invalid("provider." + field, "'provider." + field + "' must be an array of provider names.")
                    .toException();
        }
        return json.strings(field);
    }

    private static boolean flag(JsonView json, String field, boolean otherwise) {
        var kind = json.kind(field);
        if (kind.isEmpty() || kind.get() == JsonKind.NULL) {
            return otherwise;
        }
        if (kind.get() != JsonKind.BOOLEAN) {
            throw Failure.invalid("provider." + field, "'provider." + field + "' must be a boolean.")
                    .toException();
        }
        return json.isTrue(field);
    }

    private static boolean dataCollection(JsonView json) {
        var kind = json.kind("data_collection");
        if (kind.isEmpty() || kind.get() == JsonKind.NULL) {
            return true;
        }
        var word = json.string("data_collection").orElse("");
        return switch (word) {
            case "allow" -> true;
            case "deny" -> false;
            default ->
                throw Failure.invalid(
                                "provider.data_collection", "'provider.data_collection' must be \"allow\" or \"deny\".")
                        .toException();
        };
    }

    private static @Nullable String sort(JsonView json) {
        var kind = json.kind("sort");
        if (kind.isEmpty() || kind.get() == JsonKind.NULL) {
            return null;
        }
        return switch (kind.get()) {
            case STRING -> json.string("sort").orElseThrow();
            case OBJECT -> json.object("sort").flatMap(o -> o.string("by")).orElse(null);
            default ->
                throw Failure.invalid("provider.sort", "'provider.sort' must be a string or an object.")
                        .toException();
        };
    }
}
