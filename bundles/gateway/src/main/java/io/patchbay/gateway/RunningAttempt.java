package io.patchbay.gateway;

import java.util.List;

/** One try at one endpoint, under way. */
interface RunningAttempt {
    /** Begins. What comes of it is told to the run. */
    void start();

    /** Names of the request's fields that the provider was not told. */
    default List<String> dropped() {
        return List.of();
    }

    /** Nobody wants the rest. At any time, by any thread, more than once. */
    void cancel();
}
