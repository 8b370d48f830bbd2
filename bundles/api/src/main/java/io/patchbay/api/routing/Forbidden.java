package io.patchbay.api.routing;

import io.patchbay.api.access.Permissions;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.routing.Exclusion.Rule;
import java.util.Optional;

/** What an API key may not use. */
public final class Forbidden {
    private Forbidden() {}

    /** Why an endpoint may not be used; empty if it may. */
    public static Optional<Rule> by(Permissions permissions, Endpoint endpoint) {
        var provider = endpoint.provider();
        if (!permissions.allow(endpoint.model())) {
            return Optional.of(Rule.ALLOWED_MODELS);
        }
        if (!permissions.allowProvider(provider.name())) {
            return Optional.of(Rule.ALLOWED_PROVIDERS);
        }
        if (!permissions.dataCollection() && provider.collectsData()) {
            return Optional.of(Rule.TRAINING);
        }
        if (!permissions.dataRetention() && provider.retainsPrompts()) {
            return Optional.of(Rule.ZERO_DATA_RETENTION);
        }
        return provider.isIn(permissions.regions()) ? Optional.empty() : Optional.of(Rule.REGION);
    }
}
