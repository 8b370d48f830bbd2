package io.patchbay.dialect.openai;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.Price;
import io.patchbay.api.catalog.Price.Unit;
import io.patchbay.api.health.EndpointHealth.Condition;
import io.patchbay.api.health.Health;
import io.patchbay.api.health.Percentiles;
import io.patchbay.api.health.Span;
import io.patchbay.api.health.Window;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** Describes models and endpoints in OpenRouter's words, with what OpenAI's clients look for. */
final class ModelDescription {
    private static final List<String> TEXT_FIRST = List.of("text", "image", "file", "audio", "video");
    private static final Comparator<String> MODALITIES =
            Comparator.<String>comparingInt(ModelDescription::rank).thenComparing(Comparator.naturalOrder());
    static final Comparator<Price> CHEAPEST_FIRST =
            Comparator.comparing(price -> price.prompt().add(price.completion()));

    private ModelDescription() {}

    /**
     * A model as the best of its endpoints: the longest context, the lowest price, everything that one of them takes.
     *
     * @param endpoints of one model, with a price each; at least one
     */
    static JsonObject model(List<Endpoint> endpoints) {
        var first = endpoints.get(0);
        var model = new JsonObject();
        model.addProperty("id", first.model().toString());
        model.addProperty("canonical_slug", first.model().toString());
        model.addProperty("object", "model");
        model.addProperty("name", first.modelDisplayName());
        model.addProperty("created", first.created());
        model.addProperty("owned_by", first.model().author());
        model.addProperty("description", first.description());
        model.add("context_length", longest(endpoints));
        model.add("architecture", architecture(endpoints));
        endpoints.stream()
                .flatMap(endpoint -> endpoint.price().stream())
                .min(CHEAPEST_FIRST)
                .ifPresent(price -> model.add("pricing", pricing(price)));
        model.add("top_provider", topProvider(first));
        model.add("per_request_limits", JsonNull.INSTANCE);
        model.add("knowledge_cutoff", text(first(endpoints, Endpoint::knowledgeCutoff)));
        model.add("supported_parameters", strings(all(endpoints, Endpoint::supportedParameters, Set.of())));
        model.add("default_parameters", new JsonObject());
        model.add("supported_voices", JsonNull.INSTANCE);
        model.add("hugging_face_id", JsonNull.INSTANCE);
        model.add("expiration_date", JsonNull.INSTANCE);
        var links = new JsonObject();
        links.addProperty("details", "/api/v1/models/" + first.model() + "/endpoints");
        model.add("links", links);
        return model;
    }

    /**
     * A model with each of its endpoints.
     *
     * @param endpoints of one model, with a price each; at least one
     */
    static JsonObject withEndpoints(List<Endpoint> endpoints, Health health) {
        var first = endpoints.get(0);
        var model = new JsonObject();
        model.addProperty("id", first.model().toString());
        model.addProperty("name", first.modelDisplayName());
        model.addProperty("created", first.created());
        model.addProperty("description", first.description());
        model.add("architecture", architecture(endpoints));
        var all = new JsonArray();
        endpoints.forEach(endpoint -> all.add(endpoint(endpoint, health)));
        model.add("endpoints", all);
        return model;
    }

    /** One endpoint, and how it has fared of late. */
    static JsonObject endpoint(Endpoint endpoint, Health health) {
        var json = new JsonObject();
        var provider = endpoint.provider();
        json.addProperty("name", provider.displayName() + " | " + endpoint.model());
        json.addProperty("model_id", endpoint.model().toString());
        json.addProperty("model_name", endpoint.modelDisplayName());
        json.add("context_length", number(endpoint.contextLength()));
        endpoint.price().ifPresent(price -> json.add("pricing", pricing(price)));
        json.addProperty("provider_name", provider.displayName());
        json.addProperty(
                "tag",
                provider.name() + endpoint.serviceTier().map(tier -> '/' + tier).orElse(""));
        json.add("quantization", text(endpoint.quantization()));
        json.add("max_completion_tokens", number(endpoint.maxCompletionTokens()));
        json.add("max_prompt_tokens", JsonNull.INSTANCE);
        json.add("supported_parameters", strings(new TreeSet<>(endpoint.supportedParameters())));
        json.addProperty("status", status(health.of(endpoint.id()).condition()));
        var half = health.window(endpoint.id(), Span.HALF_HOUR);
        json.add("uptime_last_5m", uptime(health.window(endpoint.id(), Span.FIVE_MINUTES)));
        json.add("uptime_last_30m", uptime(half));
        json.add("uptime_last_1d", uptime(health.window(endpoint.id(), Span.DAY)));
        json.add("latency_last_30m", percentiles(half.latency()));
        json.add("throughput_last_30m", percentiles(half.throughput()));
        json.addProperty(
                "supports_implicit_caching",
                endpoint.price().flatMap(price -> price.of(Unit.CACHE_READ)).isPresent());
        return json;
    }

    /** OpenRouter's numbers: below zero is worse than usual. */
    private static int status(Condition condition) {
        return switch (condition) {
            case WELL -> 0;
            case ON_PROBATION -> -1;
            case PARKED -> -2;
            case EJECTED -> -3;
        };
    }

    /** Per cent. */
    private static JsonElement uptime(Window window) {
        var share = window.uptime();
        return share.isPresent() ? new JsonPrimitive(100 * share.getAsDouble()) : JsonNull.INSTANCE;
    }

    private static JsonElement percentiles(Optional<Percentiles> measured) {
        if (measured.isEmpty()) {
            return JsonNull.INSTANCE;
        }
        var json = new JsonObject();
        json.addProperty("p50", measured.get().p50());
        json.addProperty("p75", measured.get().p75());
        json.addProperty("p90", measured.get().p90());
        json.addProperty("p99", measured.get().p99());
        return json;
    }

    /** Dollars for one of each unit that has a price, as decimal strings. */
    private static JsonObject pricing(Price price) {
        var pricing = new JsonObject();
        for (var unit : Unit.values()) {
            var amount = unit == Unit.REQUEST ? Optional.of(price.request()) : price.of(unit);
            amount.ifPresent(dollars -> pricing.addProperty(unit.key(), plain(dollars)));
        }
        var overrides = overrides(price);
        if (!overrides.isEmpty()) {
            pricing.add("overrides", overrides);
        }
        return pricing;
    }

    /** Of those that hold, the later ones count: what holds for any size first, then by size, the shorter ones first. */
    private static JsonArray overrides(Price price) {
        var bySize = new TreeMap<Long, List<JsonObject>>();
        for (var tier : price.tiers()) {
            add(bySize, tier.promptTokens(), new JsonObject(), tier.amounts());
        }
        for (var hours : price.hours()) {
            var override = new JsonObject();
            override.addProperty("utc_start", clock(hours.from()));
            override.addProperty("utc_end", clock(hours.until()));
            add(bySize, hours.promptTokens(), override, hours.amounts());
        }
        var overrides = new JsonArray();
        bySize.values().forEach(ofSize -> ofSize.forEach(overrides::add));
        return overrides;
    }

    private static void add(
            Map<Long, List<JsonObject>> bySize, long size, JsonObject override, Map<Unit, BigDecimal> amounts) {
        if (size > 0) {
            override.addProperty("min_prompt_tokens", size);
        }
        bySize.computeIfAbsent(size, any -> new ArrayList<>()).add(withAmounts(override, amounts));
    }

    private static JsonObject withAmounts(JsonObject override, Map<Unit, BigDecimal> amounts) {
        for (var unit : Unit.values()) {
            var amount = amounts.get(unit);
            if (amount != null) {
                override.addProperty(unit.key(), plain(amount));
            }
        }
        return override;
    }

    /** A time of day as a number: 1630. */
    private static int clock(int minute) {
        return minute / 60 * 100 + minute % 60;
    }

    private static JsonObject architecture(List<Endpoint> endpoints) {
        var inputs = modalities(endpoints, Endpoint::inputModalities);
        var outputs = modalities(endpoints, Endpoint::outputModalities);
        var architecture = new JsonObject();
        architecture.addProperty("modality", String.join("+", inputs) + "->" + String.join("+", outputs));
        architecture.add("input_modalities", strings(inputs));
        architecture.add("output_modalities", strings(outputs));
        architecture.addProperty(
                "tokenizer", first(endpoints, Endpoint::tokenizer).orElse("Other"));
        architecture.add("instruct_type", JsonNull.INSTANCE);
        return architecture;
    }

    private static List<String> modalities(List<Endpoint> endpoints, Function<Endpoint, Set<String>> of) {
        return all(endpoints, of, Set.of("text")).stream().sorted(MODALITIES).toList();
    }

    private static int rank(String modality) {
        int rank = TEXT_FIRST.indexOf(modality);
        return rank < 0 ? TEXT_FIRST.size() : rank;
    }

    private static Optional<String> first(List<Endpoint> endpoints, Function<Endpoint, Optional<String>> of) {
        return endpoints.stream()
                .flatMap(endpoint -> of.apply(endpoint).stream())
                .findFirst();
    }

    private static Set<String> all(
            List<Endpoint> endpoints, Function<Endpoint, Set<String>> of, Set<String> otherwise) {
        var all = new TreeSet<String>();
        endpoints.forEach(endpoint -> all.addAll(of.apply(endpoint)));
        return all.isEmpty() ? otherwise : all;
    }

    private static JsonElement longest(List<Endpoint> endpoints) {
        return number(endpoints.stream()
                .map(Endpoint::contextLength)
                .filter(OptionalLong::isPresent)
                .mapToLong(OptionalLong::getAsLong)
                .max());
    }

    private static JsonObject topProvider(Endpoint endpoint) {
        var top = new JsonObject();
        top.add("context_length", number(endpoint.contextLength()));
        top.add("max_completion_tokens", number(endpoint.maxCompletionTokens()));
        top.addProperty("is_moderated", false);
        return top;
    }

    private static JsonElement number(OptionalLong value) {
        return value.isPresent() ? new JsonPrimitive(value.getAsLong()) : JsonNull.INSTANCE;
    }

    private static JsonElement text(Optional<String> value) {
        return value.isPresent() ? new JsonPrimitive(value.get()) : JsonNull.INSTANCE;
    }

    private static String plain(BigDecimal dollars) {
        return dollars.signum() == 0 ? "0" : dollars.toPlainString();
    }

    private static JsonArray strings(Iterable<String> all) {
        var array = new JsonArray();
        all.forEach(array::add);
        return array;
    }
}
