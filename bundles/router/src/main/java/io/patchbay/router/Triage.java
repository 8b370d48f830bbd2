package io.patchbay.router;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.health.EndpointHealth;
import io.patchbay.api.health.EndpointHealth.Condition;
import io.patchbay.api.health.Health;
import io.patchbay.api.routing.Candidate;
import io.patchbay.api.routing.Exclusion;
import io.patchbay.api.routing.Load;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Says which endpoints are well, which are the last resort, and which are not to be asked at all. For any thread. */
final class Triage {
    private static final String ON_PROBATION = "on probation, and others are well";

    private final Health health;
    private final EjectionLimits limits;

    Triage(Health health, EjectionLimits limits) {
        this.health = health;
        this.limits = limits;
    }

    /**
     * The endpoints of one model, sorted.
     *
     * @param well to be ordered by a strategy
     * @param later why some of those should be asked after the others, by their ids
     * @param onProbation those of the well ones that have to show that they answer again, by their ids
     * @param lastResort ejected ones, those first that return first
     * @param parked out, as their providers have said
     */
    record Sorted(
            List<Endpoint> well,
            Map<String, String> later,
            Set<String> onProbation,
            List<Candidate> lastResort,
            List<Exclusion> parked) {
        /**
         * Moves those that should be asked later behind the others. No request tries out more than one of them first:
         * all it may ask might still fail.
         */
        List<Candidate> laterOnesLast(List<Candidate> ordered) {
            if (later.isEmpty() && onProbation.isEmpty()) {
                return ordered;
            }
            var now = new ArrayList<Candidate>(ordered.size());
            var behind = new ArrayList<Candidate>();
            boolean tries = false;
            for (var candidate : ordered) {
                var id = candidate.endpoint().id();
                boolean isTry = onProbation.contains(id);
                var why = tries && isTry ? ON_PROBATION : later.getOrDefault(id, "");
                if (why.isEmpty()) {
                    tries |= isTry;
                    now.add(candidate);
                } else {
                    behind.add(new Candidate(candidate.endpoint(), candidate.score(), why));
                }
            }
            now.addAll(behind);
            return now;
        }
    }

    private record Ejected(Endpoint endpoint, EndpointHealth state) {
        Candidate candidate() {
            return new Candidate(endpoint, 0, "ejected, " + state.reason());
        }
    }

    Sorted sort(List<Endpoint> able, RequestNeeds needs, Load load) {
        var well = new ArrayList<Endpoint>(able.size());
        Map<String, String> later = Map.of();
        Set<String> onProbation = Set.of();
        List<Ejected> ejected = List.of();
        List<Exclusion> parked = List.of();
        for (var endpoint : able) {
            var state = health.of(endpoint.id());
            if (state.condition() == Condition.EJECTED) {
                ejected = ejected.isEmpty() ? new ArrayList<>() : ejected;
                ejected.add(new Ejected(endpoint, state));
            } else if (state.condition() == Condition.PARKED) {
                parked = parked.isEmpty() ? new ArrayList<>() : parked;
                parked.add(new Exclusion(endpoint, Exclusion.Rule.RATE_LIMITED, state.reason()));
            } else {
                well.add(endpoint);
                var why = needs.refusedOfLate(health.refused(endpoint.id()))
                        .map(feature -> "has refused " + feature + " of late")
                        .orElseGet(() -> whyLater(state, load.inFlight(endpoint.id())));
                if (!why.isEmpty()) {
                    later = later.isEmpty() ? new HashMap<>() : later;
                    later.put(endpoint.id(), why);
                }
                if (state.condition() == Condition.ON_PROBATION) {
                    onProbation = onProbation.isEmpty() ? new HashSet<>() : onProbation;
                    onProbation.add(endpoint.id());
                }
            }
        }
        return new Sorted(well, later, onProbation, passOver(ejected, well, able.size()), parked);
    }

    private static String whyLater(EndpointHealth state, int inFlight) {
        if (state.condition() == Condition.ON_PROBATION && inFlight > 0) {
            return ON_PROBATION;
        }
        return state.limit().isPresent() && inFlight >= state.limit().getAsInt()
                ? "has as much to do as it takes: " + inFlight + " requests"
                : "";
    }

    /** Moves to the well ones what must not be passed over; returns the rest. */
    private List<Candidate> passOver(List<Ejected> ejected, List<Endpoint> well, int all) {
        if (ejected.isEmpty()) {
            return List.of();
        }
        ejected.sort(Comparator.comparing(one -> one.state().returnsIn()));
        int tooMany =
                limits.isPanic(well.size(), all) ? ejected.size() : Math.max(0, ejected.size() - limits.most(all));
        ejected.subList(0, tooMany).forEach(one -> well.add(one.endpoint()));
        return ejected.subList(tooMany, ejected.size()).stream()
                .map(Ejected::candidate)
                .toList();
    }
}
