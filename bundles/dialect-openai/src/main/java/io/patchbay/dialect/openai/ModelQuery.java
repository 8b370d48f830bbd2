package io.patchbay.dialect.openai;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.Price;
import io.patchbay.api.dialect.FieldRule;
import io.patchbay.api.health.Health;
import io.patchbay.api.health.Percentiles;
import io.patchbay.api.health.Span;
import io.patchbay.api.health.Window;
import io.patchbay.api.http.HttpRequest;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Filters and sorts models as the query of a request says, in OpenRouter's words. For one request. */
final class ModelQuery {
    private static final Pattern COMMA = Pattern.compile(",");
    private static final int MILLION = 6;
    private static final int USUAL_PAGE = 500;
    private static final int LARGEST_PAGE = 1_000;

    /** What OpenRouter knows of models, and nobody here does. */
    private static final List<String> UNKNOWN = List.of(
            "category",
            "min_intelligence_index",
            "max_intelligence_index",
            "min_coding_index",
            "max_coding_index",
            "min_agentic_index",
            "max_agentic_index",
            "min_tool_success_rate",
            "max_tool_success_rate");

    private final HttpRequest request;
    private final Health health;
    private final InstantSource clock;

    ModelQuery(HttpRequest request, Health health, InstantSource clock) {
        this.request = request;
        this.health = health;
        this.clock = clock;
    }

    /**
     * A part of a list.
     *
     * @param total how many there are in all
     * @param next where the next page begins; empty if this is the last
     */
    record Page(List<List<Endpoint>> models, int total, Optional<Integer> next, int limit) {}

    /**
     * Those that are asked for.
     *
     * @param models each as its endpoints, of which there is at least one, with a price each
     * @throws io.patchbay.api.failure.FailureException INVALID_REQUEST that names the parameter
     */
    Page of(Collection<List<Endpoint>> models) {
        for (var name : UNKNOWN) {
            if (given(name).isPresent()) {
                throw FieldRule.wrong(name, "can't be asked for: nothing of that is known here");
            }
        }
        var wanted = filter();
        var found = models.stream().filter(wanted);
        var all = order().map(found::sorted).orElse(found).toList();
        int offset = (int)
                number("offset", Integer.MAX_VALUE).orElse(BigDecimal.ZERO).longValue();
        boolean isPaged = given("offset").isPresent() || given("limit").isPresent();
        int limit = isPaged
                ? Math.max(1, (int) number("limit", LARGEST_PAGE)
                        .orElse(BigDecimal.valueOf(USUAL_PAGE))
                        .longValue())
                : Integer.MAX_VALUE;
        var page = all.stream().skip(offset).limit(limit).toList();
        int end = offset + page.size();
        return new Page(page, all.size(), end < all.size() ? Optional.of(end) : Optional.empty(), limit);
    }

    private Predicate<List<Endpoint>> filter() {
        Predicate<List<Endpoint>> all = model -> true;
        all = with(all, "q", text -> model -> isNamed(model.get(0), text.toLowerCase(Locale.ROOT)));
        all = with(
                all,
                "supported_parameters",
                list -> model -> union(model, Endpoint::supportedParameters).containsAll(words(list)));
        all = with(
                all,
                "input_modalities",
                list -> model -> modalities(model, Endpoint::inputModalities).containsAll(words(list)));
        all = with(
                all,
                "output_modalities",
                list -> model -> words(list).contains("all")
                        || words(list).stream().anyMatch(modalities(model, Endpoint::outputModalities)::contains));
        all = with(
                all,
                "arch",
                text -> model -> model.stream()
                        .anyMatch(endpoint -> endpoint.tokenizer()
                                .filter(text::equalsIgnoreCase)
                                .isPresent()));
        all = with(
                all,
                "model_authors",
                list -> model ->
                        words(list).contains(model.get(0).model().author().toLowerCase(Locale.ROOT)));
        all = with(all, "providers", list -> model -> model.stream().anyMatch(endpoint -> isAt(endpoint, words(list))));
        all = with(
                all,
                "zdr",
                flag -> model -> !isTrue(flag)
                        || model.stream()
                                .anyMatch(endpoint -> !endpoint.provider().retainsPrompts()));
        all = with(
                all,
                "region",
                word -> model -> model.stream()
                        .anyMatch(endpoint -> endpoint.provider()
                                .region()
                                .filter(word::equalsIgnoreCase)
                                .isPresent()));
        // Of none is it known that others may learn from its texts.
        all = with(all, "distillable", flag -> model -> !isTrue(flag));
        all = between(all, "context", "", model -> Optional.of(BigDecimal.valueOf(context(model))));
        all = between(all, "min_price", "max_price", model -> perMillion(model, Price::prompt));
        all = between(all, "min_output_price", "max_output_price", model -> perMillion(model, Price::completion));
        return between(all, "min_age_days", "max_age_days", this::ageInDays);
    }

    private Predicate<List<Endpoint>> with(
            Predicate<List<Endpoint>> others, String name, Function<String, Predicate<List<Endpoint>>> filter) {
        return given(name).map(filter).map(others::and).orElse(others);
    }

    /** What is not known of a model is not between anything. */
    private Predicate<List<Endpoint>> between(
            Predicate<List<Endpoint>> others,
            String least,
            String most,
            Function<List<Endpoint>, Optional<BigDecimal>> measure) {
        var lower = number(least, Integer.MAX_VALUE);
        var upper = most.isEmpty() ? Optional.<BigDecimal>empty() : number(most, Integer.MAX_VALUE);
        if (lower.isEmpty() && upper.isEmpty()) {
            return others;
        }
        return others.and(model -> measure.apply(model)
                .filter(value -> lower.isEmpty() || value.compareTo(lower.get()) >= 0)
                .filter(value -> upper.isEmpty() || value.compareTo(upper.get()) <= 0)
                .isPresent());
    }

    private Optional<Comparator<List<Endpoint>>> order() {
        return given("sort").map(word -> switch (word) {
            case "pricing-low-to-high" -> Comparator.comparing(ModelQuery::cheapest, ModelDescription.CHEAPEST_FIRST);
            case "pricing-high-to-low" ->
                Comparator.comparing(ModelQuery::cheapest, ModelDescription.CHEAPEST_FIRST.reversed());
            case "context-high-to-low" ->
                Comparator.comparingLong(ModelQuery::context).reversed();
            case "newest" ->
                Comparator.comparingLong((List<Endpoint> model) -> model.get(0).created())
                        .reversed();
            case "throughput-high-to-low" ->
                Comparator.comparingDouble((List<Endpoint> model) -> -best(model, Window::throughput, 0, Math::max));
            case "latency-low-to-high" ->
                Comparator.comparingDouble(
                        (List<Endpoint> model) -> best(model, Window::latency, Double.POSITIVE_INFINITY, Math::min));
            default ->
                throw FieldRule.wrong(
                        "sort",
                        "must be one of pricing-low-to-high, pricing-high-to-low, context-high-to-low, newest,"
                                + " throughput-high-to-low, latency-low-to-high");
        });
    }

    private double best(
            List<Endpoint> model,
            Function<Window, Optional<Percentiles>> measure,
            double unknown,
            DoubleBinaryOperator better) {
        return model.stream()
                .flatMap(endpoint -> measure.apply(health.window(endpoint.id(), Span.HALF_HOUR)).stream())
                .mapToDouble(Percentiles::p50)
                .reduce(better)
                .orElse(unknown);
    }

    private Optional<String> given(String name) {
        return request.query(name).filter(value -> !value.isBlank());
    }

    private Optional<BigDecimal> number(String name, int most) {
        return given(name).map(text -> {
            try {
                var number = new BigDecimal(text);
                if (number.signum() >= 0 && number.compareTo(BigDecimal.valueOf(most)) <= 0) {
                    return number;
                }
            } catch (NumberFormatException none) {
                // Said below.
            }
            throw FieldRule.wrong(name, "must be a number between 0 and " + most);
        });
    }

    private static Set<String> words(String list) {
        var words = new HashSet<String>();
        COMMA.splitAsStream(list)
                .map(word -> word.strip().toLowerCase(Locale.ROOT))
                .forEach(words::add);
        return words;
    }

    private static boolean isTrue(String flag) {
        return flag.equalsIgnoreCase("true");
    }

    private static boolean isNamed(Endpoint endpoint, String text) {
        return endpoint.model().toString().toLowerCase(Locale.ROOT).contains(text)
                || endpoint.modelDisplayName().toLowerCase(Locale.ROOT).contains(text);
    }

    private static boolean isAt(Endpoint endpoint, Set<String> providers) {
        return providers.contains(endpoint.provider().name().toLowerCase(Locale.ROOT))
                || providers.contains(endpoint.provider().displayName().toLowerCase(Locale.ROOT));
    }

    private static Set<String> union(List<Endpoint> model, Function<Endpoint, Set<String>> of) {
        var union = new HashSet<String>();
        model.forEach(endpoint -> union.addAll(of.apply(endpoint)));
        return union;
    }

    /** Of whom nothing is known, text is. */
    private static Set<String> modalities(List<Endpoint> model, Function<Endpoint, Set<String>> of) {
        var known = union(model, of);
        return known.isEmpty() ? Set.of("text") : known;
    }

    private static long context(List<Endpoint> model) {
        return model.stream()
                .mapToLong(endpoint -> endpoint.contextLength().orElse(0))
                .max()
                .orElse(0);
    }

    private static Price cheapest(List<Endpoint> model) {
        return model.stream()
                .flatMap(endpoint -> endpoint.price().stream())
                .min(ModelDescription.CHEAPEST_FIRST)
                .orElse(Price.FREE);
    }

    private static Optional<BigDecimal> perMillion(List<Endpoint> model, Function<Price, BigDecimal> of) {
        return Optional.of(of.apply(cheapest(model)).movePointRight(MILLION));
    }

    private Optional<BigDecimal> ageInDays(List<Endpoint> model) {
        long created = model.get(0).created();
        return created == 0
                ? Optional.empty()
                : Optional.of(
                        BigDecimal.valueOf(Duration.ofSeconds(clock.instant().getEpochSecond() - created)
                                .toDays()));
    }
}
