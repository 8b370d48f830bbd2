package io.patchbay.gateway;

import io.patchbay.api.billing.Bill;
import io.patchbay.api.billing.Charge;
import io.patchbay.api.billing.Order;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.chat.Usage;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A run's bill, from the moment there is one. What ends it may come before that, or twice. For any thread. */
final class Settlement {
    private static final Logger log = LoggerFactory.getLogger(Settlement.class);

    private final String generation;
    private volatile @Nullable Order order;
    private volatile @Nullable Bill bill;
    private volatile @Nullable Charge charge;

    Settlement(String generation) {
        this.generation = generation;
    }

    /** Credit is held for an order. */
    void begin(Order held, Bill opened) {
        order = held;
        bill = opened;
    }

    /** What credit is held for, once it is. */
    Optional<Order> order() {
        return Optional.ofNullable(order);
    }

    /**
     * Another attempt begins.
     *
     * @throws io.patchbay.api.failure.FailureException PAYMENT_REQUIRED if there is no credit for it
     */
    void attempt(Endpoint endpoint) {
        require().attempt(endpoint);
    }

    /** How long the answer may be, if there is less credit than it was asked for. */
    OptionalLong mostTokens() {
        return require().mostTokens();
    }

    /** An attempt came to nothing, but its provider may ask for it. */
    void lose(Turn attempt, Usage usage) {
        require().lose(attempt.number(), attempt.endpoint(), usage);
    }

    /** Whether there is credit for so much of an answer. */
    boolean isCovered(long completionTokens) {
        return require().isCovered(completionTokens);
    }

    /** Charges for an answer at the price of an endpoint; completes when that is on disk. */
    CompletionStage<Charge> charge(Endpoint endpoint, Usage usage) {
        require().price(endpoint);
        return charge(usage);
    }

    private CompletionStage<Charge> charge(Usage usage) {
        return require().charge(usage).thenApply(paid -> {
            charge = paid;
            return paid;
        });
    }

    /** Charges for no answer: nothing. */
    CompletionStage<Charge> chargeNothing() {
        var open = bill;
        if (open != null) {
            open.cancel();
        }
        return CompletableFuture.completedStage(Charge.NONE);
    }

    /**
     * The client does not get the end of the answer, but pays for what it got.
     *
     * @param delivered what that was, if anything
     * @return completes when that is on disk, or can't be
     */
    CompletionStage<Charge> chargeDelivered(Optional<Usage> delivered) {
        if (bill == null || delivered.isEmpty()) {
            return chargeNothing();
        }
        return charge(delivered.get()).exceptionally(failure -> {
            log.warn("What was delivered of generation {} could not be charged", generation, failure);
            return Charge.NONE;
        });
    }

    /** What was charged, once it is on disk. */
    Optional<Charge> charge() {
        return Optional.ofNullable(charge);
    }

    private Bill require() {
        var open = bill;
        if (open == null) {
            throw new IllegalStateException("nothing is held for " + generation);
        }
        return open;
    }
}
