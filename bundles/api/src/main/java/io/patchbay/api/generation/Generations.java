package io.patchbay.api.generation;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** Remembers generations: everything but what was said. For any thread. */
@ProviderType
public interface Generations {
    /** Keeps a record: it can be found at once, and is on disk soon. Does not block. */
    void keep(GenerationRecord record);

    /**
     * A generation by its id. Blocks.
     *
     * @throws io.patchbay.api.failure.FailureException UNAVAILABLE if they can't be read
     */
    Optional<KeptGeneration> find(String id);

    /**
     * Hands over what is on disk of a stretch of time, the oldest first. Blocks.
     *
     * @param from the first moment
     * @param until the moment after the last one
     * @throws io.patchbay.api.failure.FailureException UNAVAILABLE if they can't be read
     */
    void each(Instant from, Instant until, Consumer<KeptGeneration> taker);

    /**
     * What was used on some days, by day, account, key and endpoint; the newest first. Blocks.
     *
     * @param from the first UTC day
     * @param to the last UTC day
     * @throws io.patchbay.api.failure.FailureException UNAVAILABLE if they can't be read
     */
    List<Activity> activity(LocalDate from, LocalDate to);
}
