package io.patchbay.api.billing;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.chat.Usage;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The bill of one generation under way. Ended once, by {@link #charge} or {@link #cancel}; {@link #cancel} after that
 * changes nothing. For one thread at a time; nothing blocks.
 */
@ProviderType
public interface Bill {
    /**
     * The next attempt is at this endpoint, whose price counts from now on.
     *
     * @throws io.patchbay.api.failure.FailureException PAYMENT_REQUIRED if there is not even enough for the prompt there
     */
    void attempt(Endpoint endpoint);

    /** The answer is charged at the price of this endpoint, which is another tier of service of the one that was asked. */
    void price(Endpoint endpoint);

    /**
     * How long each answer may be at the most, where the credit does not pay for any as long as was asked for; empty if it
     * does. What is streamed is metered besides.
     */
    OptionalLong mostTokens();

    /**
     * An attempt came to nothing, and its provider counts something for it all the same: nobody is charged, and what the
     * provider asks is the operator's loss.
     *
     * @param attempt its number, from 1
     * @param endpoint where it was
     */
    void lose(int attempt, Endpoint endpoint, Usage usage);

    /**
     * Runs the meter.
     *
     * @param completionTokens how much has been delivered in all
     * @return whether there is credit for it
     */
    boolean isCovered(long completionTokens);

    /**
     * Charges what the endpoint took.
     *
     * @return completes when it is on disk; fails with a {@link io.patchbay.api.failure.FailureException} UNAVAILABLE if
     *     it can't be
     */
    CompletionStage<Charge> charge(Usage usage);

    /** Charges nothing: there was no answer. */
    void cancel();
}
