package io.patchbay.api.health;

import java.time.InstantSource;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Remembers how endpoints fare, by their id. A client's own mistakes don't count against an endpoint. For
 * any thread.
 */
@ProviderType
public interface Health {
    /** Takes note of an attempt. */
    void record(Outcome outcome);

    /** How an endpoint is now; {@link EndpointHealth#UNKNOWN} if it was never tried. */
    EndpointHealth of(String endpointId);

    /** An endpoint's model can't do something, as its provider has said; see {@link io.patchbay.api.routing.Features}. */
    void refused(String endpointId, String feature);

    /** What an endpoint has refused to do within the last half hour. */
    Set<String> refused(String endpointId);

    /** One that knows nothing yet and keeps nothing, with the same settings, on a clock of its own: for what-if. */
    Health another(InstantSource clock);

    /** What came of the attempts at an endpoint lately, at most a second old. Cheap enough to ask for each request. */
    Window window(String endpointId, Span span);
}
