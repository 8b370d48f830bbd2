package io.patchbay.api.generation;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
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
     * What was used on some days, by day, account, key and endpoint; the newest first. Blocks.
     *
     * @param from the first UTC day
     * @param to the last UTC day
     * @throws io.patchbay.api.failure.FailureException UNAVAILABLE if they can't be read
     */
    List<Activity> activity(LocalDate from, LocalDate to);
}
