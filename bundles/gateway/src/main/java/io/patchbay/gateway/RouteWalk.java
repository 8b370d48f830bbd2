package io.patchbay.gateway;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.health.EndpointHealth;
import io.patchbay.api.health.EndpointHealth.Condition;
import io.patchbay.api.routing.Candidate;
import io.patchbay.api.routing.Exclusion;
import io.patchbay.api.routing.Route;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
    private final boolean isInOrder;

    private Ahead ahead;
    /** Those that somebody else was trying out. */
    private final Set<Candidate> deferred = new HashSet<>();

    private boolean hasBegun;
    private volatile @Nullable ModelId modelGivenUp;
    private List<Exclusion> passedOver = List.of();

    /**
     * At the beginning of a route.
     *
     * @param isInOrder whether the client itself has named the order
     * @param ability what an adapter can't do that is not in the registry, for people: "chats"
     */
    RouteWalk(Route plan, GatewayParts parts, AdapterRegistry<U> adapters, boolean isInOrder, String ability) {
        this.plan = plan;
        this.parts = parts;
        this.adapters = adapters;
        this.isInOrder = isInOrder;
        this.ability = ability;
        this.ahead = new Ahead(plan.candidates());
    }

    /** Where to try, and the right to use its adapter. */
    record Step<U>(Endpoint endpoint, Lease<U> lease) {}

    /**
     * Takes a lease of the next candidate's adapter, passing over those that are being replaced or can't do this. As
     * things are now, not as they were when the route was planned.
     */
    Optional<Step<U>> next() {
        for (var candidate = take(); candidate.isPresent(); candidate = take()) {
            if (!candidate.get().endpoint().model().equals(modelGivenUp)) {
                var step = step(candidate.get());
                if (step.isPresent()) {
                    hasBegun = true;
                    return step;
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Who may be asked beside the one that is being asked: anybody, unless that would be at the cost of the client's own
     * account with a provider, or too many are asked twice already.
     */
    Optional<Step<U>> rival() {
        if (plan.candidates().stream()
                .anyMatch(candidate -> candidate.endpoint().isOwn())) {
            return Optional.empty();
        }
        var counted = parts.inFlight().tryHedge();
        if (counted.isEmpty()) {
            return Optional.empty();
        }
        var step = next();
        step.ifPresentOrElse(beside -> beside.lease().andThen(counted.get()), counted.get());
        return step;
    }

    private Optional<Candidate> take() {
        return hasBegun && !isInOrder ? ahead.next(endpoint -> health(endpoint).failuresInARow() > 0) : ahead.next();
    }

    private EndpointHealth health(Endpoint endpoint) {
        return parts.planner().ask(planner -> planner.health(endpoint)).orElse(EndpointHealth.UNKNOWN);
    }

    private Optional<Step<U>> step(Candidate candidate) {
        var endpoint = candidate.endpoint();
        var condition = health(endpoint).condition();
        if (condition == Condition.PARKED) {
            passOver(candidate, Exclusion.Rule.RATE_LIMITED, "its provider asked to wait");
            return Optional.empty();
        }
        var lease = adapters.lease(endpoint.provider().adapter());
        if (lease.isEmpty()) {
            passOverIfUnable(candidate);
            return Optional.empty();
        }
        var begun = begin(endpoint, condition);
        if (begun.isEmpty()) {
            lease.get().close();
            return Optional.empty();
        }
        var counted = lease.get().andThen(begun.get().atTheEnd());
        if (condition == Condition.ON_PROBATION && begun.get().isBesideOthers() && deferred.add(candidate)) {
            counted.close();
            ahead.putOff(candidate);
            return Optional.empty();
        }
        passedOver = passedOver.stream()
                .filter(other -> !other.endpoint().equals(endpoint))
                .toList();
        return Optional.of(new Step<>(endpoint, counted));
    }

    /** Whoever asks the one that fails after others have failed makes a bad time worse: not too many may. */
    private Optional<InFlight.Begun> begin(Endpoint endpoint, Condition condition) {
        boolean isRetry = hasBegun && condition != Condition.WELL;
        return isRetry
                ? parts.inFlight().tryBeginRetry(endpoint.id())
                : Optional.of(parts.inFlight().begin(endpoint.id()));
    }

    /** Whether there is somebody to try after this one. */
    boolean hasNext() {
        return !ahead.isEmpty();
    }

    /** The same again, from the first candidate on. */
    Optional<Step<U>> again() {
        ahead = new Ahead(plan.candidates());
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

    /** Those that would be asked, had their providers not said how long to leave them alone. */
    List<Endpoint> parked() {
        return route().dropped().stream()
                .filter(dropped -> dropped.rule() == Exclusion.Rule.RATE_LIMITED)
                .map(Exclusion::endpoint)
                .toList();
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
        if (adapters.isReturning(adapter) || !parts.isInstalled(adapter)) {
            return;
        }
        passOver(candidate, Exclusion.Rule.ADAPTER, "the adapter " + adapter + " does no " + ability);
    }

    private void passOver(Candidate candidate, Exclusion.Rule rule, String reason) {
        if (!isPassedOver(candidate)) {
            passedOver = Stream.concat(
                            passedOver.stream(), Stream.of(new Exclusion(candidate.endpoint(), rule, reason)))
                    .toList();
        }
    }

    private boolean isPassedOver(Candidate candidate) {
        return passedOver.stream().anyMatch(other -> other.endpoint().equals(candidate.endpoint()));
    }
}
