package io.patchbay.router;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.chat.ServiceTierWords;
import io.patchbay.api.routing.Candidate;
import io.patchbay.api.routing.Choice;
import io.patchbay.api.routing.Exclusion.Rule;
import io.patchbay.api.routing.RoutingRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which tiers of service a request may be served at: as OpenRouter has it, only those that it names, in
 * {@code service_tier}, by the suffix of the model or in {@code provider.only} and {@code provider.order}.
 *
 * @param asked in {@code service_tier}; empty if none was, or none but the usual one
 * @param admitted beside the usual one
 * @param isUsual whether the usual one will do, too
 */
record ServiceTiers(String asked, Set<String> admitted, boolean isUsual, List<String> named) {
    private static final String PRIORITY = "priority";
    private static final String FLEX = "flex";

    /** Of a request that says nothing of them. */
    static final ServiceTiers USUAL = new ServiceTiers("", Set.of(), true, List.of());

    static ServiceTiers of(RoutingRequest request, Choice choice) {
        if (!hasAny(choice.endpoints())) {
            return USUAL;
        }
        var preferences = request.preferences();
        var named = Stream.concat(preferences.only().stream(), preferences.order().stream())
                .filter(name -> name.indexOf('/') > 0)
                .toList();
        var json = request.request().json();
        if (json.string(ServiceTierWords.FIELD).isEmpty() && preferences.order().isEmpty()) {
            return new ServiceTiers("", choice.serviceTier().map(Set::of).orElse(Set.of()), true, named);
        }
        var asked = ServiceTierWords.asked(json).orElse("");
        if (asked.isEmpty()) {
            return new ServiceTiers("", Set.of(), true, named);
        }
        boolean isThere = choice.endpoints().stream().anyMatch(endpoint -> isAt(asked, endpoint));
        return new ServiceTiers(asked, Set.of(asked), !(asked.equals(FLEX) && isThere), named);
    }

    /** Each request asks it of each endpoint, and hardly any has one. */
    private static boolean hasAny(List<Endpoint> endpoints) {
        for (var endpoint : endpoints) {
            if (endpoint.serviceTier().isPresent()) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAt(String tier, Endpoint endpoint) {
        return endpoint.serviceTier().filter(tier::equals).isPresent();
    }

    /** Why an endpoint is out; empty if it is not. */
    Optional<Refusal> refusal(Endpoint endpoint) {
        var tier = endpoint.serviceTier();
        if (tier.isEmpty()) {
            return isUsual
                    ? Optional.empty()
                    : Refusal.by(Rule.SERVICE_TIER, "service_tier is " + asked + ", and others are of that tier");
        }
        return admitted.contains(tier.get()) || EndpointFilter.isAmong(named, endpoint)
                ? Optional.empty()
                : Refusal.by(Rule.SERVICE_TIER, "its service tier, " + tier.get() + ", was not asked for");
    }

    /** How those are ordered that a request asks for by tier. */
    Optional<String> sort() {
        return switch (asked) {
            case PRIORITY -> Optional.of("throughput");
            case FLEX -> Optional.of("price");
            default -> Optional.empty();
        };
    }

    /** Moves those of the tier that was asked for before the others. */
    List<Candidate> first(List<Candidate> candidates) {
        if (asked.isEmpty()) {
            return candidates;
        }
        var sorted = new ArrayList<Candidate>(candidates.size());
        candidates.stream()
                .filter(candidate -> isAt(asked, candidate.endpoint()))
                .forEach(sorted::add);
        candidates.stream()
                .filter(candidate -> !isAt(asked, candidate.endpoint()))
                .forEach(sorted::add);
        return sorted;
    }
}
