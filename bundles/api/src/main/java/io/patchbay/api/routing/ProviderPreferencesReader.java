package io.patchbay.api.routing;

import io.patchbay.api.catalog.Price;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.json.JsonKind;
import io.patchbay.api.json.JsonView;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Reads a {@code provider} object. What it does not know it refuses: a rule that is ignored is worse than an error. */
final class ProviderPreferencesReader {
    private static final Set<String> KNOWN = Set.of(
            "order",
            "only",
            "ignore",
            "allow_fallbacks",
            "require_parameters",
            "data_collection",
            "zdr",
            "regions",
            "enforce_distillable_text",
            "quantizations",
            "sort",
            "max_price",
            "preferred_min_throughput",
            "preferred_max_latency");

    private static final Map<String, Price.Unit> PRICED = Map.of(
            "prompt", Price.Unit.PROMPT,
            "completion", Price.Unit.COMPLETION,
            "request", Price.Unit.REQUEST,
            "image", Price.Unit.IMAGE,
            "audio", Price.Unit.AUDIO);

    private static final Set<Price.Unit> BY_THE_MILLION = Set.of(Price.Unit.PROMPT, Price.Unit.COMPLETION);
    private static final Set<String> PERCENTILES = Set.of("p50", "p75", "p90", "p99");
    private static final Set<String> QUANTIZATIONS =
            Set.of("int4", "int8", "fp4", "mxfp4", "nvfp4", "fp6", "fp8", "mxfp8", "fp16", "bf16", "fp32", "unknown");

    private final JsonView json;

    ProviderPreferencesReader(JsonView json) {
        this.json = json;
    }

    ProviderPreferences read() {
        requireKnown(json, KNOWN, "provider");
        var rules = new ProviderPreferences.Builder();
        rules.order = names("order");
        rules.only = names("only");
        rules.ignore = names("ignore");
        rules.quantizations = quantizations();
        rules.regions = names("regions").stream()
                .map(region -> region.toLowerCase(Locale.ROOT))
                .toList();
        rules.allowFallbacks = flag("allow_fallbacks", true);
        rules.requireParameters = flag("require_parameters", false);
        rules.dataCollection = dataCollection();
        rules.zeroDataRetention = flag("zdr", false);
        rules.distillableText = flag("enforce_distillable_text", false);
        readSort(rules);
        rules.maxPrice = maxPrice();
        rules.maxLatency = cutoffs("preferred_max_latency");
        rules.minThroughput = cutoffs("preferred_min_throughput");
        return new ProviderPreferences(rules);
    }

    private static void requireKnown(JsonView object, Set<String> known, String name) {
        for (var field : object.names()) {
            if (!known.contains(field)) {
                throw invalid(name + '.' + field, "Unrecognized key in '" + name + "': '" + field + "'.");
            }
        }
    }

    /** The field's kind; empty if it is not there, or null. */
    private Optional<JsonKind> kind(String field) {
        return json.kind(field).filter(kind -> kind != JsonKind.NULL);
    }

    private List<String> names(String field) {
        var kind = kind(field);
        if (kind.isEmpty()) {
            return List.of();
        }
        boolean allStrings = kind.get() == JsonKind.ARRAY
                && json.elementKinds(field).stream().allMatch(element -> element == JsonKind.STRING);
        if (!allStrings) {
            throw invalid("provider." + field, "'provider." + field + "' must be an array of strings.");
        }
        return json.strings(field);
    }

    private List<String> quantizations() {
        var words = names("quantizations");
        for (var word : words) {
            if (!QUANTIZATIONS.contains(word)) {
                throw invalid(
                        "provider.quantizations",
                        "There is no quantization '" + word + "' in 'provider.quantizations'.");
            }
        }
        return words;
    }

    private boolean flag(String field, boolean otherwise) {
        var kind = kind(field);
        if (kind.isEmpty()) {
            return otherwise;
        }
        if (kind.get() != JsonKind.BOOLEAN) {
            throw invalid("provider." + field, "'provider." + field + "' must be a boolean.");
        }
        return json.isTrue(field);
    }

    private boolean dataCollection() {
        if (kind("data_collection").isEmpty()) {
            return true;
        }
        return switch (json.string("data_collection").orElse("")) {
            case "allow" -> true;
            case "deny" -> false;
            default ->
                throw invalid("provider.data_collection", "'provider.data_collection' must be \"allow\" or \"deny\".");
        };
    }

    private void readSort(ProviderPreferences.Builder rules) {
        var kind = kind("sort");
        if (kind.isEmpty()) {
            return;
        }
        switch (kind.get()) {
            case STRING -> rules.sort = json.string("sort").orElseThrow();
            case OBJECT -> readSort(json.object("sort").orElseThrow(), rules);
            default -> throw invalid("provider.sort", "'provider.sort' must be a string or an object.");
        }
    }

    private static void readSort(JsonView sort, ProviderPreferences.Builder rules) {
        requireKnown(sort, Set.of("by", "partition"), "provider.sort");
        rules.sort = word(sort, "by").orElse(null);
        rules.acrossModels = word(sort, "partition")
                .map(partition -> switch (partition) {
                    case "model" -> false;
                    case "none" -> true;
                    default ->
                        throw invalid(
                                "provider.sort.partition", "'provider.sort.partition' must be \"model\" or \"none\".");
                })
                .orElse(false);
    }

    private static Optional<String> word(JsonView object, String field) {
        var kind = object.kind(field).orElse(JsonKind.NULL);
        if (kind != JsonKind.NULL && kind != JsonKind.STRING) {
            throw invalid("provider.sort." + field, "'provider.sort." + field + "' must be a string.");
        }
        return object.string(field);
    }

    private Map<Price.Unit, BigDecimal> maxPrice() {
        if (kind("max_price").isEmpty()) {
            return Map.of();
        }
        var asked = json.object("max_price")
                .orElseThrow(() -> invalid("provider.max_price", "'provider.max_price' must be an object."));
        requireKnown(asked, PRICED.keySet(), "provider.max_price");
        var prices = new EnumMap<Price.Unit, BigDecimal>(Price.Unit.class);
        for (var field : asked.names()) {
            var unit = PRICED.get(field);
            var kind = asked.kind(field).orElse(JsonKind.NULL);
            if (unit != null && kind != JsonKind.NULL) {
                var dollars = amount(asked, field);
                prices.put(unit, BY_THE_MILLION.contains(unit) ? dollars.movePointLeft(6) : dollars);
            }
        }
        return Map.copyOf(prices);
    }

    /** A number, or one in a string. */
    private static BigDecimal amount(JsonView prices, String field) {
        var name = "provider.max_price." + field;
        try {
            var dollars = prices.number(field)
                    .or(() -> prices.string(field).map(BigDecimal::new))
                    .orElseThrow(NumberFormatException::new);
            if (dollars.signum() < 0 || dollars.precision() > 30 || Math.abs(dollars.scale()) > 30) {
                throw new NumberFormatException();
            }
            return dollars;
        } catch (NumberFormatException noAmount) {
            throw invalid(name, "'" + name + "' must be an amount in US dollars.");
        }
    }

    /** A number stands for the median. */
    private Cutoffs cutoffs(String field) {
        var kind = kind(field);
        if (kind.isEmpty()) {
            return Cutoffs.NONE;
        }
        return switch (kind.get()) {
            case NUMBER ->
                new Cutoffs(
                        cutoff(json, field, "provider." + field),
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        OptionalDouble.empty());
            case OBJECT -> cutoffs(json.object(field).orElseThrow(), "provider." + field);
            default -> throw invalid("provider." + field, "'provider." + field + "' must be a number or an object.");
        };
    }

    private static Cutoffs cutoffs(JsonView object, String name) {
        requireKnown(object, PERCENTILES, name);
        return new Cutoffs(
                cutoff(object, "p50", name + ".p50"),
                cutoff(object, "p75", name + ".p75"),
                cutoff(object, "p90", name + ".p90"),
                cutoff(object, "p99", name + ".p99"));
    }

    private static OptionalDouble cutoff(JsonView object, String field, String name) {
        if (object.kind(field).orElse(JsonKind.NULL) == JsonKind.NULL) {
            return OptionalDouble.empty();
        }
        double value = object.number(field).map(BigDecimal::doubleValue).orElse(Double.NaN);
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw invalid(name, "'" + name + "' must be a number of 0 or more.");
        }
        return OptionalDouble.of(value);
    }

    private static FailureException invalid(String field, String message) {
        return Failure.invalid(field, message).toException();
    }
}
