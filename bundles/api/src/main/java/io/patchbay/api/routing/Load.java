package io.patchbay.api.routing;

/** How busy endpoints are with this gateway's requests. For any thread. */
@FunctionalInterface
public interface Load {
    /** Nobody is doing anything. */
    Load NONE = endpointId -> 0;

    /** How many attempts an endpoint has under way. */
    int inFlight(String endpointId);
}
