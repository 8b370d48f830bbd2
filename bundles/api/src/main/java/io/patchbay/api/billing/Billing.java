package io.patchbay.api.billing;

import io.patchbay.api.ledger.Transfer;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** Knows what a generation costs. For any thread; nothing blocks. */
@ProviderType
public interface Billing {
    /**
     * Begins a generation's bill, with a hold on what it is expected to cost at its first endpoint.
     *
     * @return to be ended by whoever opened it
     * @throws io.patchbay.api.failure.FailureException PAYMENT_REQUIRED if there is not even enough for its prompt,
     *     UNAVAILABLE if nothing can be charged at the moment
     */
    Bill open(Order order);

    /**
     * Gives an account credit.
     *
     * @return as {@link io.patchbay.api.ledger.Ledger#post}
     */
    CompletionStage<Transfer> deposit(Deposit deposit);
}
