package io.patchbay.router;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.routing.Candidate;
import io.patchbay.api.routing.RoutingContext;
import io.patchbay.api.routing.RoutingStrategy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Anybody may write a strategy, and none is to fail a request: if one throws, endpoints are taken as they come; what it
 * leaves out comes last, and what it makes up is left out. The log is told once. For any thread.
 */
final class CheckedStrategy implements RoutingStrategy {
    private static final Logger log = LoggerFactory.getLogger(CheckedStrategy.class);

    private final String name;
    private final RoutingStrategy strategy;
    private final AtomicBoolean told = new AtomicBoolean();

    CheckedStrategy(String name, RoutingStrategy strategy) {
        this.name = name;
        this.strategy = strategy;
    }

    boolean isOf(RoutingStrategy other) {
        return strategy == other;
    }

    @Override
    public List<Candidate> order(List<Endpoint> endpoints, RoutingContext context) {
        try {
            var order = strategy.order(endpoints, context);
            return isComplete(order, endpoints) ? order : completed(order, endpoints);
        } catch (RuntimeException | Error defect) {
            if (told.compareAndSet(false, true)) {
                log.error("Routing strategy {} has a defect; endpoints are taken as they come", name, defect);
            }
            return endpoints.stream()
                    .map(endpoint -> new Candidate(endpoint, 0, "the strategy " + name + " has failed"))
                    .toList();
        }
    }

    private static boolean isComplete(List<Candidate> order, List<Endpoint> endpoints) {
        if (order.size() != endpoints.size()) {
            return false;
        }
        var missing = new HashSet<>(endpoints);
        for (var candidate : order) {
            if (!missing.remove(candidate.endpoint())) {
                return false;
            }
        }
        return true;
    }

    private List<Candidate> completed(List<Candidate> order, List<Endpoint> endpoints) {
        if (told.compareAndSet(false, true)) {
            log.error("Routing strategy {} does not return each endpoint once", name);
        }
        Set<Endpoint> missing = new HashSet<>(endpoints);
        var complete = new ArrayList<Candidate>(endpoints.size());
        for (var candidate : order) {
            if (missing.remove(candidate.endpoint())) {
                complete.add(candidate);
            }
        }
        for (var endpoint : endpoints) {
            if (missing.contains(endpoint)) {
                complete.add(new Candidate(endpoint, 0, "left out by the strategy " + name));
            }
        }
        return complete;
    }
}
