package io.patchbay.gateway;

/** One try at one endpoint, under way. */
interface RunningAttempt {
    /** Begins. What comes of it is told to the run. */
    void start();

    /** Nobody wants the rest. At any time, by any thread, more than once. */
    void cancel();
}
