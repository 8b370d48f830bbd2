package io.patchbay.api.routing;

import io.patchbay.api.catalog.Endpoint;
import java.util.List;
import java.util.Optional;

/**
 * A model the client named, and who serves it.
 *
 * @param endpoints those that serve it; none if nobody does
 * @param sort name of the strategy that the model's suffix asks for, {@code :nitro} or {@code :floor}
 * @param serviceTier the tier of service that this suffix lets in beside the usual one
 */
public record Choice(List<Endpoint> endpoints, Optional<String> sort, Optional<String> serviceTier) {
    /** Copies the list. */
    public Choice {
        endpoints = List.copyOf(endpoints);
    }

    /** Of a model that was named without such a suffix. */
    public static Choice of(List<Endpoint> endpoints) {
        return new Choice(endpoints, Optional.empty(), Optional.empty());
    }
}
