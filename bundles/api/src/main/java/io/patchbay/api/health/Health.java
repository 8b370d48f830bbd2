package io.patchbay.api.health;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Remembers how endpoints fare, by their id, in memory. A client's own mistakes don't count against an endpoint. For
 * any thread.
 */
@ProviderType
public interface Health {
    /** Takes note of an attempt. */
    void record(Outcome outcome);

    /** How an endpoint is now; {@link EndpointHealth#UNKNOWN} if it was never tried. */
    EndpointHealth of(String endpointId);

    /** What came of the attempts at an endpoint lately, at most a second old. Cheap enough to ask for each request. */
    Window window(String endpointId, Span span);
}
