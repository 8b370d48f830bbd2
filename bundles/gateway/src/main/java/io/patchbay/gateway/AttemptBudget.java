package io.patchbay.gateway;

/**
 * Bounds what a bad time is multiplied by, as Envoy's retry budgets do: of all attempts under way, only so many may be
 * of a kind that asks more of the providers than the clients did.
 *
 * @param percent of the attempts under way may be such ones
 * @param least so many may be in any case
 */
record AttemptBudget(int percent, int least) {
    boolean allows(int such, int attempts) {
        return such <= least || 100L * such <= (long) percent * attempts;
    }
}
