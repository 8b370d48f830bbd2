package io.patchbay.gateway;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.routing.Candidate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The candidates of a route that are still to be asked, in order. For one thread at a time. */
final class Ahead {
    private final List<Candidate> candidates;

    Ahead(List<Candidate> candidates) {
        this.candidates = new ArrayList<>(candidates);
    }

    boolean isEmpty() {
        return candidates.isEmpty();
    }

    /** Takes the next one. */
    Optional<Candidate> next() {
        return candidates.isEmpty() ? Optional.empty() : Optional.of(candidates.remove(0));
    }

    /**
     * Takes the next one after a failure: of the same model and the same payer, rather one that answered when it was
     * last asked. When several begin to fail at once, none of them is ejected yet, and a request must not spend its
     * attempts on them.
     */
    Optional<Candidate> next(Predicate<Endpoint> isFailing) {
        if (candidates.isEmpty()) {
            return Optional.empty();
        }
        var first = candidates.get(0).endpoint();
        for (var others = candidates.iterator(); others.hasNext(); ) {
            var other = others.next();
            if (!other.endpoint().model().equals(first.model())
                    || other.endpoint().isOwn() != first.isOwn()) {
                break;
            }
            if (!isFailing.test(other.endpoint())) {
                others.remove();
                return Optional.of(other);
            }
        }
        return next();
    }

    /** It comes after all others. */
    void putOff(Candidate candidate) {
        candidates.add(candidate);
    }
}
