package io.patchbay.router;

import io.patchbay.api.access.Permissions;
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
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Filters by the client's rules, by what is known to be missing and by price, then orders: models as the client named them, within a model first what the client's {@code order} names,
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
        var needs = new RequestNeeds(request.request(), preferences.requireParameters());
        for (var endpoints : request.choices()) {
            var able = able(endpoints, request, needs, dropped);
            var healthy = healthy(able, ejected);
            if (!healthy.isEmpty()) {
                candidates.addAll(named(preferences.order(), ownFirst(strategy.order(healthy, die.get()))));
            }
        }
        candidates.addAll(ejected);
        if (!preferences.allowFallbacks() && preferences.order().isEmpty() && candidates.size() > 1) {
            candidates.subList(1, candidates.size()).clear();
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

    /** What can serve the request; the rest is dropped. */
    private static List<Endpoint> able(
            List<Endpoint> endpoints, RoutingRequest request, RequestNeeds needs, List<Candidate> dropped) {
        var able = new ArrayList<Endpoint>(endpoints.size());
        for (var endpoint : endpoints) {
            var refusal = forbidden(endpoint, request.permissions());
            if (refusal.isEmpty()) {
                refusal = refusal(endpoint, request.preferences());
            }
            if (refusal.isEmpty()) {
                refusal = needs.unmet(endpoint);
            }
            if (refusal.isEmpty()) {
                able.add(endpoint);
            } else {
                dropped.add(new Candidate(endpoint, 0, refusal));
            }
        }
        if (able.size() > 1) {
            for (var parameter : needs.preferred()) {
                dropThoseWithout(parameter, able, dropped);
            }
        }
        return able;
    }

    /** Of a parameter that matters, those that are known not to honour it lose against those that do, if any does. */
    private static void dropThoseWithout(String parameter, List<Endpoint> able, List<Candidate> dropped) {
        boolean anyHonoursIt = false;
        for (var endpoint : able) {
            anyHonoursIt |= Parameters.honours(endpoint, parameter);
        }
        if (!anyHonoursIt) {
            return;
        }
        for (var endpoints = able.iterator(); endpoints.hasNext(); ) {
            var endpoint = endpoints.next();
            if (Parameters.lacks(endpoint, parameter)) {
                dropped.add(new Candidate(endpoint, 0, "does not support " + parameter + ", others do"));
                endpoints.remove();
            }
        }
    }

    /** What is well; the rest goes to the other list. */
    private List<Endpoint> healthy(List<Endpoint> able, List<Candidate> ejected) {
        var healthy = new ArrayList<Endpoint>(able.size());
        for (var endpoint : able) {
            var state = health.of(endpoint.id());
            if (state.ejected()) {
                ejected.add(new Candidate(endpoint, 0, "ejected, " + state.reason()));
            } else {
                healthy.add(endpoint);
            }
        }
        return healthy;
    }

    /** Why the API key may not use the endpoint; empty if it may. */
    private static String forbidden(Endpoint endpoint, Permissions permissions) {
        if (!permissions.allow(endpoint.model())) {
            return "this API key may not use the model";
        }
        if (!permissions.allowProvider(endpoint.provider().name())) {
            return "this API key may not use the provider";
        }
        if (!permissions.dataCollection() && endpoint.provider().collectsData()) {
            return "this API key may not use providers that collect data";
        }
        return "";
    }

    private static String refusal(Endpoint endpoint, ProviderPreferences preferences) {
        var provider = endpoint.provider().name();
        if (!preferences.only().isEmpty() && !contains(preferences.only(), provider)) {
            return "not in provider.only";
        }
        if (contains(preferences.ignore(), provider)) {
            return "in provider.ignore";
        }
        if (!preferences.allowFallbacks()
                && !preferences.order().isEmpty()
                && !contains(preferences.order(), provider)) {
            return "not in provider.order, and fallbacks are not allowed";
        }
        if (!preferences.dataCollection() && endpoint.provider().collectsData()) {
            return "it may collect data, and provider.data_collection is deny";
        }
        if (endpoint.price().isEmpty()) {
            return "its price is unknown";
        }
        return "";
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
                if (candidate.endpoint().provider().name().equalsIgnoreCase(name)) {
                    sorted.putIfAbsent(
                            candidate.endpoint(), new Candidate(candidate.endpoint(), candidate.score(), IN_ORDER));
                }
            }
        }
        candidates.forEach(candidate -> sorted.putIfAbsent(candidate.endpoint(), candidate));
        return List.copyOf(sorted.values());
    }

    private static boolean contains(List<String> names, String name) {
        for (var one : names) {
            if (one.equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }
}
