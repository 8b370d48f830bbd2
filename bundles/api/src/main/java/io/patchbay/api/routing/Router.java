package io.patchbay.api.routing;

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
}
