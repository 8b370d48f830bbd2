package io.patchbay.api.catalog;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Offers endpoints. A bundle that brings its own models registers one as a service; when the service goes, so do its
 * endpoints. An offer that changes is a new registration.
 */
@ConsumerType
public interface EndpointSource {
    /** The endpoints offered: the same ones by every call. */
    List<Endpoint> endpoints();
}
