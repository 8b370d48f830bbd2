package io.patchbay.gateway;

import io.patchbay.api.generation.GenerationRecord;
import io.patchbay.api.generation.Generations;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands records on to who keeps them, and keeps them itself while that part is being replaced; the oldest are given up
 * if it stays away. For any thread.
 */
final class Records {
    private static final Logger log = LoggerFactory.getLogger(Records.class);
    private static final int MOST = 10_000;

    private final Deque<GenerationRecord> waiting = new ArrayDeque<>();
    private @Nullable Generations generations;

    synchronized void keep(GenerationRecord record) {
        if (generations != null) {
            generations.keep(record);
            return;
        }
        if (waiting.size() == MOST) {
            log.warn(
                    "Nobody keeps records; generation {} is forgotten",
                    waiting.remove().id());
        }
        waiting.add(record);
    }

    /** Somebody keeps records from now on. */
    synchronized void put(Generations keeper) {
        generations = keeper;
        waiting.forEach(keeper::keep);
        waiting.clear();
    }

    /** It goes, unless another one has come. */
    synchronized void take(Generations leaving) {
        if (generations == leaving) {
            generations = null;
        }
    }
}
