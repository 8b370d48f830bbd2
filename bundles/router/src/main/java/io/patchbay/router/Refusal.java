package io.patchbay.router;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.routing.Exclusion;
import java.util.Optional;

/**
 * Why an endpoint is out.
 *
 * @param reason one short phrase
 */
record Refusal(Exclusion.Rule rule, String reason) {
    static Optional<Refusal> by(Exclusion.Rule rule, String reason) {
        return Optional.of(new Refusal(rule, reason));
    }

    Exclusion of(Endpoint endpoint) {
        return new Exclusion(endpoint, rule, reason);
    }
}
