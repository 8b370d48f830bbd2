package io.patchbay.gateway;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.routing.Candidate;
import io.patchbay.api.routing.Exclusion;
import io.patchbay.api.routing.Route;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Goes along a route: who is next, who was passed over and why. For one thread at a time.
 *
 * @param <U> what an attempt uses
 */
final class RouteWalk<U> {
    private final Route plan;
    private final GatewayParts parts;
    private final AdapterRegistry<U> adapters;
    private final String ability;

    private int next;
    private @Nullable ModelId modelGivenUp;
    private List<Exclusion> passedOver = List.of();

    /**
     * At the beginning of a route.
     *
     * @param ability what an adapter can't do that is not in the registry, for people: "chats"
     */
    RouteWalk(Route plan, GatewayParts parts, AdapterRegistry<U> adapters, String ability) {
        this.plan = plan;
        this.parts = parts;
        this.adapters = adapters;
        this.ability = ability;
    }

    /** Where to try, and the right to use its adapter. */
    record Step<U>(Endpoint endpoint, Lease<U> lease) {}

    /** Takes a lease of the next candidate's adapter, passing over those that are being replaced or can't do this. */
    Optional<Step<U>> next() {
        while (next < plan.candidates().size()) {
            var candidate = plan.candidates().get(next++);
            var endpoint = candidate.endpoint();
            if (endpoint.model().equals(modelGivenUp)) {
                continue;
            }
            var lease = adapters.lease(endpoint.provider().adapter());
            if (lease.isPresent()) {
                var counted = lease.get().andThen(parts.inFlight().begin(endpoint.id()));
                return Optional.of(new Step<>(endpoint, counted));
            }
            passOverIfUnable(candidate);
        }
        return Optional.empty();
    }

    /** Whether there is somebody to try after this one. */
    boolean hasNext() {
        return next < plan.candidates().size();
    }

    /** The same again, from the first candidate on. */
    Optional<Step<U>> again() {
        next = 0;
        return next();
    }

    /** No further endpoint of this model is tried. */
    void giveUp(ModelId model) {
        modelGivenUp = model;
    }

    /** Whether there is anybody whose adapter was not there, and might have been. */
    boolean hasMissedAny() {
        return passedOver.size() < plan.candidates().size();
    }

    boolean hasPassedOverAny() {
        return !passedOver.isEmpty();
    }

    /** Whether none of the adapters will come back. */
    boolean isInVain() {
        return plan.candidates().stream()
                .noneMatch(candidate ->
                        adapters.isReturning(candidate.endpoint().provider().adapter()));
    }

    /** The plan, with what was passed over among what was dropped. */
    Route route() {
        if (passedOver.isEmpty()) {
            return plan;
        }
        return new Route(
                plan.strategy(),
                plan.candidates().stream()
                        .filter(candidate -> !isPassedOver(candidate))
                        .toList(),
                Stream.concat(plan.dropped().stream(), passedOver.stream()).toList());
    }

    /** Why nobody is left, for people. */
    String reasons() {
        var reasons = route().dropped().stream()
                .map(dropped -> dropped.endpoint().provider().name() + ": " + dropped.reason())
                .distinct()
                .collect(Collectors.joining("; "));
        return reasons.isEmpty() ? "none are left" : reasons;
    }

    /** What was against those who are out. */
    List<String> rules() {
        return route().dropped().stream()
                .map(dropped -> dropped.rule().word())
                .distinct()
                .toList();
    }

    /** An adapter that does other things, and this one not, is not waited for. */
    private void passOverIfUnable(Candidate candidate) {
        var adapter = candidate.endpoint().provider().adapter();
        if (adapters.isReturning(adapter) || !parts.isInstalled(adapter) || isPassedOver(candidate)) {
            return;
        }
        var reason = "the adapter " + adapter + " does no " + ability;
        passedOver = Stream.concat(
                        passedOver.stream(),
                        Stream.of(new Exclusion(candidate.endpoint(), Exclusion.Rule.ADAPTER, reason)))
                .toList();
    }

    private boolean isPassedOver(Candidate candidate) {
        return passedOver.stream().anyMatch(other -> other.endpoint().equals(candidate.endpoint()));
    }
}
