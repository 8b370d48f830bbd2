package io.patchbay.replay;

import io.patchbay.api.access.Rules;
import io.patchbay.api.catalog.Catalog;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.generation.Generations;
import io.patchbay.api.generation.KeptGeneration;
import io.patchbay.api.health.Health;
import io.patchbay.api.replay.Comparison;
import io.patchbay.api.replay.Replay;
import io.patchbay.api.replay.WhatIf;
import io.patchbay.api.routing.Candidate;
import io.patchbay.api.routing.Choice;
import io.patchbay.api.routing.Router;
import io.patchbay.api.routing.RoutingRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The component. The router is the one that is installed; health is a second one of its kind, which learns from the
 * attempts of the past as they went, on their clock.
 */
@Component(service = Replay.class)
public final class ReplayService implements Replay {
    /** As for requests under way. */
    private static final long USUAL_ANSWER = 500;

    private final Generations generations;
    private final Catalog catalog;
    private final Router router;
    private final Health health;

    @Activate
    public ReplayService(
            @Reference Generations generations,
            @Reference Catalog catalog,
            @Reference Router router,
            @Reference Health health) {
        this.generations = generations;
        this.catalog = catalog;
        this.router = router;
        this.health = health;
    }

    @Override
    public Comparison run(WhatIf otherwise) {
        otherwise.strategy().filter(name -> !router.strategies().contains(name)).ifPresent(unknown -> {
            throw Failure.invalid(
                            "strategy",
                            "There is no routing strategy '" + unknown + "'. Those installed: "
                                    + String.join(", ", router.strategies()) + '.')
                    .toException();
        });
        var run = new Run(otherwise);
        generations.each(otherwise.since(), otherwise.until(), run::take);
        return run.comparison();
    }

    /** One comparison. For one thread. */
    private final class Run {
        private final WhatIf otherwise;
        private final Side asItWas = new Side();
        private final Side asItWouldBe = new Side();
        private Instant now = Instant.EPOCH;
        private final Health known = health.another(() -> now);
        private long compared;
        private long skipped;
        private long refused;

        Run(WhatIf otherwise) {
            this.otherwise = otherwise;
        }

        void take(KeptGeneration kept) {
            var past = new PastGeneration(kept);
            now = past.time();
            compare(past);
            past.outcomes().forEach(known::record);
        }

        private void compare(PastGeneration past) {
            var endpoints = past.endpoints(catalog);
            var asked = past.askedFirst(endpoints);
            if (asked.isEmpty()) {
                skipped++;
                return;
            }
            var wouldBeAsked = first(past, endpoints, asked.get());
            if (wouldBeAsked.isEmpty()) {
                refused++;
                return;
            }
            compared++;
            asItWas.asks(asked.get(), past, known);
            asItWouldBe.asks(wouldBeAsked.get(), past, known);
        }

        private Optional<Endpoint> first(PastGeneration past, List<Endpoint> endpoints, Endpoint asked) {
            var choice = new Choice(
                    endpoints.stream().map(endpoint -> repriced(endpoint, past)).toList(),
                    otherwise.strategy(),
                    Optional.empty());
            var route = router.plan(
                    RoutingRequest.builder(past.request(), List.of(choice))
                            .rules(new Rules(otherwise.permissions(), Optional.empty()))
                            .tokens(past.promptTokens(), Math.min(USUAL_ANSWER, past.completionTokens()))
                            .time(past.time())
                            .build(),
                    known);
            var candidates = route.candidates().stream().map(Candidate::endpoint);
            return past.isInOrder() ? candidates.filter(asked::equals).findFirst() : candidates.findFirst();
        }

        private Endpoint repriced(Endpoint endpoint, PastGeneration past) {
            var factor = otherwise.priceFactors().get(endpoint.provider().name());
            return factor == null || endpoint.price().isEmpty()
                    ? endpoint
                    : endpoint.toBuilder()
                            .price(endpoint.price()
                                    .get()
                                    .at(past.time())
                                    .forPromptOf(past.promptTokens())
                                    .times(factor, unit -> true))
                            .build();
        }

        Comparison comparison() {
            return new Comparison(compared, skipped, refused, asItWas.summary(), asItWouldBe.summary());
        }
    }
}
