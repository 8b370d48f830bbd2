package io.patchbay.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.api.access.Permissions;
import io.patchbay.api.catalog.Catalog;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Price;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.catalog.ProviderStatus;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.generation.Activity;
import io.patchbay.api.generation.GenerationRecord;
import io.patchbay.api.generation.Generations;
import io.patchbay.api.generation.KeptGeneration;
import io.patchbay.api.health.Health;
import io.patchbay.api.health.Outcome;
import io.patchbay.api.health.Percentiles;
import io.patchbay.api.health.Span;
import io.patchbay.api.health.Window;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.replay.WhatIf;
import io.patchbay.api.routing.Candidate;
import io.patchbay.api.routing.Route;
import io.patchbay.api.routing.Router;
import io.patchbay.api.routing.RoutingRequest;
import io.patchbay.testkit.QuietHealth;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** With a router that has one strategy, "cheapest", and health that knows what it was told last. */
class ReplayServiceTest {
    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");
    private static final Endpoint CHEAP = endpoint("cheap", "1");
    private static final Endpoint DEAR = endpoint("dear", "10");

    private final List<KeptGeneration> past = new ArrayList<>();
    private final List<Instant> clock = new ArrayList<>();
    private final ReplayService replay =
            new ReplayService(new Past(), new Both(), new Cheapest(), new LastHeard(InstantSource.system()));

    @Test
    void comparesWhatWasWithWhatWouldHaveBeen() {
        past.add(generation(0, "", "dear", "cheap"));
        past.add(generation(60, "", "dear", "cheap"));
        past.add(generation(120, "", "cheap", "dear"));

        var comparison = replay.run(otherwise(Permissions.ALL, Map.of()));

        assertThat(comparison.generations()).isEqualTo(3);
        assertThat(comparison.asItWas().byProvider()).isEqualTo(Map.of("dear", 2L, "cheap", 1L));
        assertThat(comparison.asItWouldBe().byProvider()).isEqualTo(Map.of("cheap", 3L));
        assertThat(comparison.asItWas().dollars())
                .as("2 x 2000 at 10, 2000 at 1")
                .isEqualByComparingTo("0.042");
        assertThat(comparison.asItWouldBe().dollars()).isEqualByComparingTo("0.006");
        assertThat(comparison.asItWas().firstToken())
                .as("known from the second one on")
                .hasValueSatisfying(seconds -> assertThat(seconds).isEqualByComparingTo("0.4"));
        assertThat(clock)
                .as("on the clock of the past")
                .containsOnly(NOON, NOON.plusSeconds(60), NOON.plusSeconds(120));
    }

    @Test
    void otherPricesMakeOtherChoices() {
        past.add(generation(0, "", "cheap", "dear"));

        var comparison = replay.run(otherwise(Permissions.ALL, Map.of("dear", new BigDecimal("0.05"))));

        assertThat(comparison.asItWouldBe().byProvider()).isEqualTo(Map.of("dear", 1L));
        assertThat(comparison.asItWouldBe().dollars()).as("2000 at 0.5").isEqualByComparingTo("0.001");
    }

    @Test
    void countsWhatNobodyMightHaveServedAndWhatCannotBeTold() {
        past.add(generation(0, "", "dear", "cheap"));
        past.add(generation(0, "", "gone", "cheap"));
        past.add(generation(0, "in provider.order", "dear", "cheap"));
        past.add(kept("{\"created_at\":\"" + NOON + "\",\"model\":\"m/one\",\"provider_responses\":[]}"));

        var comparison = replay.run(otherwise(Permissions.ALL.withProviders(List.of("nobody")), Map.of()));

        assertThat(comparison.generations()).isZero();
        assertThat(comparison.refused()).isEqualTo(2);
        assertThat(comparison.skipped()).isEqualTo(2);
    }

    @Test
    void whatTheClientPutInOrderStaysSo() {
        past.add(generation(0, "in provider.order", "dear", "cheap"));

        assertThat(replay.run(otherwise(Permissions.ALL, Map.of()))
                        .asItWouldBe()
                        .byProvider())
                .isEqualTo(Map.of("dear", 1L));
    }

    @Test
    void refusesAStrategyThatIsNotThere() {
        var unknown = new WhatIf(NOON, NOON, Optional.of("horoscope"), Permissions.ALL, Map.of());

        assertThatThrownBy(() -> replay.run(unknown))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        refused -> assertThat(refused.failure().message()).contains("horoscope", "cheapest"));
    }

    private static WhatIf otherwise(Permissions permissions, Map<String, BigDecimal> prices) {
        return new WhatIf(NOON, NOON.plusSeconds(3600), Optional.of("cheapest"), permissions, prices);
    }

    /** Streamed, 1000 tokens each way, the first token after 400 ms. */
    private static KeptGeneration generation(int second, String reason, String asked, String other) {
        return kept("""
                {"created_at":"%s","model":"m/one","api_type":"completions","streamed":true,"latency":400,
                "generation_time":2000,"tokens_prompt":1000,"tokens_completion":1000,
                "provider_responses":[{"endpoint_id":"%s:m/one","latency":2000}],
                "route":{"candidates":[{"endpoint_id":"%2$s:m/one","reason":"%s"},{"endpoint_id":"%s:m/one","reason":""}]}}
                """.formatted(NOON.plusSeconds(second), asked, reason, other));
    }

    private static KeptGeneration kept(String json) {
        return new KeptGeneration("gen-1", "acme", "key", JsonView.parse(json));
    }

    private static Endpoint endpoint(String provider, String dollars) {
        return Endpoint.builder(
                        ModelId.parse("m/one"),
                        Provider.builder(provider, "test").build())
                .price(Price.perMillionTokens(new BigDecimal(dollars), new BigDecimal(dollars)))
                .build();
    }

    private final class Past implements Generations {
        @Override
        public void keep(GenerationRecord record) {}

        @Override
        public Optional<KeptGeneration> find(String id) {
            return Optional.empty();
        }

        @Override
        public void each(Instant from, Instant until, Consumer<KeptGeneration> taker) {
            past.forEach(taker);
        }

        @Override
        public List<Activity> activity(LocalDate from, LocalDate to) {
            return List.of();
        }
    }

    private static final class Both implements Catalog {
        @Override
        public List<Endpoint> endpoints(ModelId model) {
            return List.of(CHEAP, DEAR);
        }

        @Override
        public List<Endpoint> endpoints(ModelId model, String account) {
            return endpoints(model);
        }

        @Override
        public List<Endpoint> endpoints() {
            return List.of(CHEAP, DEAR);
        }

        @Override
        public List<ProviderStatus> providers() {
            return List.of();
        }
    }

    private static final class Cheapest implements Router {
        @Override
        public Route plan(RoutingRequest request) {
            throw new AssertionError("asks for what is known now");
        }

        @Override
        public Route plan(RoutingRequest request, Health known) {
            var candidates = request.choices().get(0).endpoints().stream()
                    .filter(one -> request.rules()
                            .permissions()
                            .allowProvider(one.provider().name()))
                    .sorted(Comparator.comparing(
                            (Endpoint one) -> one.price().orElseThrow().prompt()))
                    .map(one -> new Candidate(one, 1, ""))
                    .toList();
            return new Route("cheapest", candidates, List.of());
        }

        @Override
        public List<String> strategies() {
            return List.of("cheapest");
        }

        @Override
        public String defaultStrategy() {
            return "cheapest";
        }
    }

    private final class LastHeard extends QuietHealth {
        private final InstantSource time;
        private Window window = Window.EMPTY;

        LastHeard(InstantSource time) {
            this.time = time;
        }

        @Override
        public Health another(InstantSource otherClock) {
            return new LastHeard(otherClock);
        }

        @Override
        public void record(Outcome outcome) {
            clock.add(time.instant());
            outcome.timeToFirstToken().ifPresent(first -> {
                double seconds = first.toMillis() / 1000.0;
                window = new Window(
                        1,
                        0,
                        0,
                        Optional.of(new Percentiles(seconds, seconds, seconds, seconds, seconds)),
                        Optional.empty());
            });
        }

        @Override
        public Window window(String endpointId, Span span) {
            return window;
        }
    }
}
