package io.patchbay.api.routing;

import io.patchbay.api.catalog.Endpoint;
import java.util.List;
import java.util.random.RandomGenerator;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Orders the endpoints of one model. Register it as a service with the property {@value #NAME}; clients choose it by
 * {@code provider.sort}. Pure: same endpoints, same statistics and same die, same order. For any thread.
 */
@ConsumerType
public interface RoutingStrategy {
    /** Service property: the name by which requests and configuration choose this strategy. */
    String NAME = "patchbay.strategy";

    /**
     * Orders healthy endpoints, best first. Returns each of them exactly once.
     *
     * @param endpoints at least one, all of one model
     * @param die the only source of chance
     */
    List<Candidate> order(List<Endpoint> endpoints, RandomGenerator die);
}
