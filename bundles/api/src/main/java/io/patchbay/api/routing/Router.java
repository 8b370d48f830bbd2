package io.patchbay.api.routing;

import io.patchbay.api.health.Health;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Plans routes. Fast, does not block, changes nothing. For any thread. */
@ProviderType
public interface Router {
    /**
     * Plans a route: drops what can't or may not serve the request, and orders the rest.
     *
     * @throws io.patchbay.api.failure.FailureException INVALID_REQUEST if the request asks for a strategy that is not
     *     installed
     */
    Route plan(RoutingRequest request);

    /**
     * Plans a route as if this were known of endpoints: for what-if.
     *
     * @throws io.patchbay.api.failure.FailureException as above
     */
    Route plan(RoutingRequest request, Health known);

    /** Names of the strategies that are installed, sorted. */
    List<String> strategies();

    /** Name of the strategy for requests that ask for none, be it installed or not. */
    String defaultStrategy();
}
