package io.patchbay.api.routing;

import java.util.List;

/**
 * The plan for one request.
 *
 * @param strategy name of the strategy that ordered it
 * @param candidates what to try, in order; empty if nothing is left
 * @param dropped what was considered and why it is out
 */
public record Route(String strategy, List<Candidate> candidates, List<Exclusion> dropped) {
    /** Copies the lists. */
    public Route {
        candidates = List.copyOf(candidates);
        dropped = List.copyOf(dropped);
    }
}
