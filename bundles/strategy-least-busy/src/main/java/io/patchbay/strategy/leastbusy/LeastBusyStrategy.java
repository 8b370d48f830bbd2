package io.patchbay.strategy.leastbusy;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.routing.Candidate;
import io.patchbay.api.routing.RoutingContext;
import io.patchbay.api.routing.RoutingStrategy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** Orders by the number of requests that an endpoint is answering for this gateway. Ties are broken by chance. */
@Component(property = RoutingStrategy.NAME + "=least-busy")
public final class LeastBusyStrategy implements RoutingStrategy {
    private record Busy(Endpoint endpoint, int requests, double chance) {
        Candidate candidate() {
            return new Candidate(endpoint, 1.0 / (1 + requests), requests + " under way");
        }
    }

    @Override
    public List<Candidate> order(List<Endpoint> endpoints, RoutingContext context) {
        var all = new ArrayList<Busy>(endpoints.size());
        for (var endpoint : endpoints) {
            all.add(new Busy(endpoint, context.inFlight(endpoint), context.die().nextDouble()));
        }
        all.sort(Comparator.comparingInt(Busy::requests).thenComparingDouble(Busy::chance));
        return all.stream().map(Busy::candidate).toList();
    }
}
