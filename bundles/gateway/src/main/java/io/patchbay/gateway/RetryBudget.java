package io.patchbay.gateway;

/**
 * Bounds what a brown-out is multiplied by, as Envoy's retry budgets do. A retry is an attempt at an endpoint that is
 * known to be failing, after another attempt has failed; to fall back on one that is well costs nothing.
 *
 * @param percent of the attempts under way may be retries
 * @param least so many may be in any case
 */
record RetryBudget(int percent, int least) {
    /** What is shipped. */
    static final RetryBudget DEFAULT = new RetryBudget(20, 3);

    boolean allows(int retries, int attempts) {
        return retries <= least || 100L * retries <= (long) percent * attempts;
    }
}
