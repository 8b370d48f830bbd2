package io.patchbay.router;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.health.Health;
import io.patchbay.api.health.Span;
import io.patchbay.api.health.Window;
import io.patchbay.api.routing.Candidate;
import io.patchbay.api.routing.Choice;
import io.patchbay.api.routing.Cutoffs;
import io.patchbay.api.routing.Exclusion;
import io.patchbay.api.routing.ProviderPreferences;
import io.patchbay.api.routing.Route;
import io.patchbay.api.routing.Router;
import io.patchbay.api.routing.RoutingContext;
import io.patchbay.api.routing.RoutingRequest;
import io.patchbay.api.routing.RoutingStrategy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Filters by the client's rules, by what is known to be missing and by price. Then orders: models as the client named
 * them; within a model first what the client's {@code order} names, then the rest as the strategy says; endpoints that
 * are slower than the client would like after all others, and ejected ones last ({@link Triage}). Those are kept as a last
 * resort, so that there is never "no provider" while one might work.
 */
@Component(configurationPid = "io.patchbay.router")
@Designate(ocd = RoutePlanner.Config.class)
public final class RoutePlanner implements Router {
    /** Settings of the router. */
    @ObjectClassDefinition(name = "Patchbay router")
    @interface Config {
        @AttributeDefinition(description = "Routing strategy for requests that ask for none")
        String strategy() default "price";

        @AttributeDefinition(
                description =
                        "At the most so many in a hundred of a model's endpoints are passed over because they fail",
                min = "0",
                max = "100")
        int max$_$ejected$_$percent() default 100;

        @AttributeDefinition(
                description = "If fewer than so many in a hundred of a model's endpoints are well, all are asked",
                min = "0",
                max = "100")
        int panic$_$percent() default 0;
    }

    private static final String IN_ORDER = "in provider.order";
    /** What a request says, in the older way, that wants the endpoints of all models ordered together. */
    private static final String SORTED = "sort";

    private final Health health;
    private final EjectionLimits limits;
    private final String defaultStrategy;
    private final Supplier<RandomGenerator> die;
    private final Strategies strategies = new Strategies();

    @Activate
    public RoutePlanner(@Reference Health health, Config config) {
        this(
                health,
                new EjectionLimits(config.max$_$ejected$_$percent(), config.panic$_$percent()),
                config.strategy(),
                ThreadLocalRandom::current);
    }

    RoutePlanner(Health health, EjectionLimits limits, String defaultStrategy, Supplier<RandomGenerator> die) {
        this.health = health;
        this.limits = limits;
        this.defaultStrategy = defaultStrategy;
        this.die = die;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindStrategy(RoutingStrategy strategy, ServiceReference<RoutingStrategy> reference) {
        var bundle = reference.getBundle();
        strategies.add(
                String.valueOf(reference.getProperty(RoutingStrategy.NAME)),
                strategy,
                () -> bundle.getState() == Bundle.UNINSTALLED);
    }

    void unbindStrategy(RoutingStrategy strategy) {
        strategies.remove(strategy);
    }

    Strategies installed() {
        return strategies;
    }

    @Override
    public Route plan(RoutingRequest request) {
        return plan(request, health);
    }

    @Override
    public Route plan(RoutingRequest request, Health known) {
        var preferences = request.preferences();
        var context = new Context(request, known, die.get());
        var triage = new Triage(known, limits);
        var dropped = new ArrayList<Exclusion>();
        var lastResort = new ArrayList<Candidate>();
        var candidates = new ArrayList<Candidate>();
        var filter = new EndpointFilter(request, dropped);
        var used = new TreeSet<String>();
        for (var choice : together(request)) {
            var tiers = ServiceTiers.of(request, choice);
            var sorted = triage.sort(filter.able(choice.endpoints(), tiers), filter.needs(), request.load());
            dropped.addAll(sorted.parked());
            lastResort.addAll(sorted.lastResort());
            var name = preferences.sort().or(choice::sort).or(tiers::sort);
            var otherwise = request.rules().strategy().orElse(defaultStrategy);
            var strategy = name.map(strategies::asked).orElseGet(() -> strategies.byDefault(otherwise));
            used.add(name.orElse(otherwise));
            if (!sorted.well().isEmpty()) {
                var ordered = ownFirst(warmFirst(request.warm(), tiers.first(strategy.order(sorted.well(), context))));
                candidates.addAll(named(preferences.order(), sorted.laterOnesLast(ordered)));
            }
        }
        var all = slowLast(candidates, preferences, context);
        all.addAll(lastResort);
        if (!preferences.allowFallbacks() && preferences.order().isEmpty() && all.size() > 1) {
            all.subList(1, all.size()).clear();
        }
        return new Route(String.join(", ", used), all, dropped);
    }

    @Override
    public List<String> strategies() {
        return strategies.names();
    }

    @Override
    public String defaultStrategy() {
        return defaultStrategy;
    }

    /** The models one by one, or all their endpoints as those of one. */
    private static List<Choice> together(RoutingRequest request) {
        var choices = request.choices();
        if (choices.size() < 2 || !wantsThemTogether(request)) {
            return choices;
        }
        return List.of(new Choice(
                choices.stream()
                        .flatMap(choice -> choice.endpoints().stream())
                        .distinct()
                        .toList(),
                choices.get(0).sort(),
                choices.get(0).serviceTier()));
    }

    private static boolean wantsThemTogether(RoutingRequest request) {
        return request.preferences().acrossModels()
                || request.request()
                        .json()
                        .string("route")
                        .filter(SORTED::equals)
                        .isPresent();
    }

    /** Moves those that are slower than the client would like behind all others. Nobody is slow who was not measured. */
    private static List<Candidate> slowLast(
            List<Candidate> candidates, ProviderPreferences preferences, RoutingContext context) {
        if (preferences.maxLatency().equals(Cutoffs.NONE)
                && preferences.minThroughput().equals(Cutoffs.NONE)) {
            return candidates;
        }
        var fast = new ArrayList<Candidate>(candidates.size());
        var slow = new ArrayList<Candidate>();
        for (var candidate : candidates) {
            var miss = missed(context.window(candidate.endpoint(), Span.FIVE_MINUTES), preferences);
            if (miss.isEmpty()) {
                fast.add(candidate);
            } else {
                slow.add(new Candidate(candidate.endpoint(), candidate.score(), miss));
            }
        }
        fast.addAll(slow);
        return fast;
    }

    private static String missed(Window lately, ProviderPreferences preferences) {
        if (lately.latency().filter(preferences.maxLatency()::capsAt).isEmpty()
                && lately.latency().isPresent()) {
            return "slower than provider.preferred_max_latency";
        }
        if (lately.throughput().filter(preferences.minThroughput()::isReachedBy).isEmpty()
                && lately.throughput().isPresent()) {
            return "slower than provider.preferred_min_throughput";
        }
        return "";
    }

    /** Moves the one that has read most of the prompt before to the front: that is cheaper there, and faster. */
    private static List<Candidate> warmFirst(Set<String> warm, List<Candidate> candidates) {
        if (warm.isEmpty()
                || candidates.stream()
                        .noneMatch(
                                candidate -> warm.contains(candidate.endpoint().id()))) {
            return candidates;
        }
        var sorted = new ArrayList<Candidate>(candidates.size());
        for (var candidate : candidates) {
            if (warm.contains(candidate.endpoint().id())) {
                sorted.add(0, new Candidate(candidate.endpoint(), candidate.score(), "its prompt cache is warm"));
            } else {
                sorted.add(candidate);
            }
        }
        return sorted;
    }

    /** Moves those that the account asks with its own credential, and pays itself, to the front. */
    private static List<Candidate> ownFirst(List<Candidate> candidates) {
        if (candidates.stream().noneMatch(candidate -> candidate.endpoint().isOwn())) {
            return candidates;
        }
        return Stream.concat(
                        candidates.stream()
                                .filter(candidate -> candidate.endpoint().isOwn())
                                .map(candidate -> new Candidate(
                                        candidate.endpoint(), candidate.score(), "the account's own credential")),
                        candidates.stream()
                                .filter(candidate -> !candidate.endpoint().isOwn()))
                .toList();
    }

    /** Moves what the client's order names to the front, in that order. */
    private static List<Candidate> named(List<String> order, List<Candidate> candidates) {
        if (order.isEmpty()) {
            return candidates;
        }
        var sorted = new LinkedHashMap<Endpoint, Candidate>();
        for (var name : order) {
            for (var candidate : candidates) {
                if (EndpointFilter.isNamed(name, candidate.endpoint())) {
                    sorted.putIfAbsent(
                            candidate.endpoint(), new Candidate(candidate.endpoint(), candidate.score(), IN_ORDER));
                }
            }
        }
        candidates.forEach(candidate -> sorted.putIfAbsent(candidate.endpoint(), candidate));
        return List.copyOf(sorted.values());
    }

    /** What strategies may look at. */
    private record Context(RoutingRequest request, Health health, RandomGenerator die) implements RoutingContext {
        @Override
        public Window window(Endpoint endpoint, Span span) {
            return health.window(endpoint.id(), span);
        }

        @Override
        public int inFlight(Endpoint endpoint) {
            return request.load().inFlight(endpoint.id());
        }

        @Override
        public long promptTokens() {
            return request.promptTokens();
        }

        @Override
        public long completionTokens() {
            return request.completionTokens();
        }

        @Override
        public Instant time() {
            return request.time();
        }
    }
}
