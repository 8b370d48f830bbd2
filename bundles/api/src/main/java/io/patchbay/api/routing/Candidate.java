package io.patchbay.api.routing;

import io.patchbay.api.catalog.Endpoint;

/**
 * An endpoint that may be tried.
 *
 * @param endpoint which
 * @param score what the strategy made of it, higher is better; 0 in the place of what is no finite number, which
 *     JSON could not tell
 * @param reason why it stands where it stands; one short phrase
 */
public record Candidate(Endpoint endpoint, double score, String reason) {
    /** A candidate. */
    public Candidate {
        score = Double.isFinite(score) ? score : 0;
    }
}
