package io.patchbay.api.routing;

import io.patchbay.api.catalog.Endpoint;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Orders endpoints. Register it as a service with the property {@value #NAME}; clients choose it by
 * {@code provider.sort}, operators in {@code io.patchbay.router.cfg}. Pure: same endpoints, same context, same order.
 * For any thread.
 */
@ConsumerType
public interface RoutingStrategy {
    /** Service property: the name by which requests and configuration choose this strategy. */
    String NAME = "patchbay.strategy";

    /**
     * Orders healthy endpoints, best first. Returns each of them exactly once.
     *
     * @param endpoints at least one; all of one model, unless the client wants several models ordered together
     */
    List<Candidate> order(List<Endpoint> endpoints, RoutingContext context);
}
