package io.patchbay.gateway;

import java.time.Duration;
import java.util.Set;

/**
 * What the operator has set.
 *
 * @param maxAttempts upstream attempts per generation at the most, so that a brown-out is not multiplied
 * @param retries how many attempts at failing endpoints may be under way
 * @param patience how long to wait for a first token while another endpoint could be asked
 * @param hedging when a second endpoint is asked beside one that is slow to begin
 * @param holdBack tokens of a stream that are kept from the client until there are so many: an attempt that fails before
 *     that can be followed by another one; 0 for none
 * @param requiredGuardrails names of those without which nothing is sent to anybody
 * @param prepareTimeout how long a plugin may take to prepare a request, and how long may be fetched for an attempt
 * @param mostFetchedBytes of what requests name by addresses and is fetched for them, in memory at once
 * @param drainTimeout how long an adapter that is being removed waits for its open answers
 * @param parkTimeout how long a request waits for a part that is being replaced
 * @param parkLimit how many may wait at once
 */
record GatewaySettings(
        int maxAttempts,
        AttemptBudget retries,
        Patience patience,
        Hedging hedging,
        int holdBack,
        Set<String> requiredGuardrails,
        Duration prepareTimeout,
        int mostFetchedBytes,
        Duration drainTimeout,
        Duration parkTimeout,
        int parkLimit) {}
