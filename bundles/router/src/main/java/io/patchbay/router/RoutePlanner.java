package io.patchbay.router;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.health.Health;
import io.patchbay.api.routing.Candidate;
import io.patchbay.api.routing.ProviderPreferences;
import io.patchbay.api.routing.Route;
import io.patchbay.api.routing.Router;
import io.patchbay.api.routing.RoutingRequest;
import io.patchbay.api.routing.RoutingStrategy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Filters, then orders: models as the client named them, within a model first what the client's {@code order} names,
 * then the rest as the strategy says, and ejected endpoints last of all. Those are kept as a last resort, so that there
 * is never "no provider" while one might work.
 */
@Component(configurationPid = "io.patchbay.router")
@Designate(ocd = RoutePlanner.Config.class)
public final class RoutePlanner implements Router {
    /** Settings of the router. */
    @ObjectClassDefinition(name = "Patchbay router")
    @interface Config {
        @AttributeDefinition(description = "Strategy for requests that ask for none")
        String strategy() default "price";
    }

    private static final String IN_ORDER = "in provider.order";

    /** Orders when not even the default strategy is installed: as they come. */
    private static final RoutingStrategy AS_THEY_COME = (endpoints, die) -> endpoints.stream()
            .map(endpoint -> new Candidate(endpoint, 0, "no strategy is installed"))
            .toList();

    private final Health health;
    private final String defaultStrategy;
    private final Supplier<RandomGenerator> die;
    private final Map<String, RoutingStrategy> strategies = new ConcurrentHashMap<>();

    @Activate
    public RoutePlanner(@Reference Health health, Config config) {
        this(health, config.strategy(), ThreadLocalRandom::current);
    }

    RoutePlanner(Health health, String defaultStrategy, Supplier<RandomGenerator> die) {
        this.health = health;
        this.defaultStrategy = defaultStrategy;
        this.die = die;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindStrategy(RoutingStrategy strategy, Map<String, Object> properties) {
        strategies.put(String.valueOf(properties.get(RoutingStrategy.NAME)), strategy);
    }

    void unbindStrategy(RoutingStrategy strategy) {
        strategies.values().remove(strategy);
    }

    @Override
    public Route plan(RoutingRequest request) {
        var preferences = request.preferences();
        var name = preferences.sort().orElse(defaultStrategy);
        var strategy = strategy(name, preferences.sort().isPresent());
        var candidates = new ArrayList<Candidate>();
        var ejected = new ArrayList<Candidate>();
        var dropped = new ArrayList<Candidate>();
        for (var endpoints : request.choices()) {
            var healthy = sift(endpoints, preferences, ejected, dropped);
            if (!healthy.isEmpty()) {
                candidates.addAll(named(preferences.order(), strategy.order(healthy, die.get())));
            }
        }
        candidates.addAll(ejected);
        if (!preferences.allowFallbacks()) {
            withoutFallbacks(candidates, preferences);
        }
        return new Route(name, candidates, dropped);
    }

    private RoutingStrategy strategy(String name, boolean asked) {
        var strategy = strategies.get(name);
        if (strategy != null) {
            return strategy;
        }
        if (asked) {
            throw Failure.invalid(
                            "provider.sort",
                            "There is no routing strategy '" + name + "'. Installed: "
                                    + String.join(", ", new TreeSet<>(strategies.keySet())) + '.')
                    .toException();
        }
        return AS_THEY_COME;
    }

    /** What may serve the request and is well; the rest goes to the other two lists. */
    private List<Endpoint> sift(
            List<Endpoint> endpoints,
            ProviderPreferences preferences,
            List<Candidate> ejected,
            List<Candidate> dropped) {
        var healthy = new ArrayList<Endpoint>(endpoints.size());
        for (var endpoint : endpoints) {
            var refusal = refusal(endpoint, preferences);
            if (!refusal.isEmpty()) {
                dropped.add(new Candidate(endpoint, 0, refusal));
                continue;
            }
            var state = health.of(endpoint.id());
            if (state.ejected()) {
                ejected.add(new Candidate(endpoint, 0, "ejected, " + state.reason()));
            } else {
                healthy.add(endpoint);
            }
        }
        return healthy;
    }

    private static String refusal(Endpoint endpoint, ProviderPreferences preferences) {
        var provider = endpoint.provider().name();
        if (!preferences.only().isEmpty() && !contains(preferences.only(), provider)) {
            return "not in provider.only";
        }
        if (contains(preferences.ignore(), provider)) {
            return "in provider.ignore";
        }
        if (endpoint.price().isEmpty()) {
            return "its price is unknown";
        }
        return "";
    }

    /** Moves what the client's order names to the front, in that order. */
    private static List<Candidate> named(List<String> order, List<Candidate> candidates) {
        if (order.isEmpty()) {
            return candidates;
        }
        var sorted = new LinkedHashMap<Endpoint, Candidate>();
        for (var name : order) {
            for (var candidate : candidates) {
                if (candidate.endpoint().provider().name().equalsIgnoreCase(name)) {
                    sorted.putIfAbsent(
                            candidate.endpoint(), new Candidate(candidate.endpoint(), candidate.score(), IN_ORDER));
                }
            }
        }
        candidates.forEach(candidate -> sorted.putIfAbsent(candidate.endpoint(), candidate));
        return List.copyOf(sorted.values());
    }

    /** Without fallbacks only the client's own order is tried, or else the first endpoint alone. */
    private static void withoutFallbacks(List<Candidate> candidates, ProviderPreferences preferences) {
        if (preferences.order().isEmpty()) {
            candidates
                    .subList(Math.min(1, candidates.size()), candidates.size())
                    .clear();
        } else {
            candidates.removeIf(candidate -> !contains(
                    preferences.order(), candidate.endpoint().provider().name()));
        }
    }

    private static boolean contains(List<String> names, String name) {
        return names.stream().anyMatch(name::equalsIgnoreCase);
    }
}
