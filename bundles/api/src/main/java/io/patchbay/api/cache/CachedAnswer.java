package io.patchbay.api.cache;

import io.patchbay.api.json.JsonView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * An answer that is kept, as its provider gave it. Immutable.
 *
 * @param source id of the generation it is of
 * @param model which answered
 * @param provider display name of the provider that answered
 * @param created when it was complete
 * @param ttl how long it is kept from then on
 * @param parts a whole answer, or the pieces of a stream, in the canonical form
 */
public record CachedAnswer(
        String source, String model, String provider, Instant created, Duration ttl, List<JsonView> parts) {
    /** Copies the parts. */
    public CachedAnswer {
        parts = List.copyOf(parts);
    }
}
