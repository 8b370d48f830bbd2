package io.patchbay.api.ledger;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Credit that is kept for a generation under way: nobody else can spend it. It is in memory alone, so a crash ends it.
 * Ended once, by {@link #capture} or {@link #release}; what comes after that changes nothing. For any thread; nothing
 * blocks.
 */
@ProviderType
public interface Hold {
    /** How much is held. */
    Money amount();

    /**
     * Holds more, as far as credit and budget go.
     *
     * @param wanted how much in all
     * @return how much in all is held now: less than wanted if there is no more
     */
    Money raise(Money wanted);

    /** How much in all {@link #raise} could hold at this moment. */
    Money reach();

    /**
     * Ends the hold with a transfer, once the transfer is on disk. Whoever charges more than {@link #raise} gave takes
     * the account below zero.
     *
     * @return as {@link Ledger#post}
     */
    CompletionStage<Transfer> capture(Transfer transfer);

    /** Ends the hold; the account has its credit back. */
    void release();
}
