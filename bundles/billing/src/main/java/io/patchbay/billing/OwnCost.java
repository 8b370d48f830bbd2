package io.patchbay.billing;

import io.patchbay.api.billing.Order;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.ledger.Budget;
import io.patchbay.api.ledger.Hold;
import io.patchbay.api.ledger.Ledger;
import io.patchbay.api.ledger.LedgerAccount;
import io.patchbay.api.ledger.Money;
import io.patchbay.api.ledger.Transfer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What providers ask of the account itself for one generation, which shows them its own credentials: kept in the book beside
 * the charge. The limits that count it are held for both together, since two holds would take them from each other.
 */
final class OwnCost {
    private static final Logger log = LoggerFactory.getLogger(OwnCost.class);

    private final Order order;
    private final Tariff tariff;
    private final Optional<Hold> hold;
    private final Ledger ledger;

    /** @param hold on the limits that count it, if there are any */
    OwnCost(Order order, Tariff tariff, Optional<Hold> hold, Ledger ledger) {
        this.order = order;
        this.tariff = tariff;
        this.hold = hold;
        this.ledger = ledger;
    }

    /** Whether the limits leave enough for an answer that long. */
    boolean isHeld(Endpoint endpoint, long completionTokens) {
        if (hold.isEmpty()) {
            return true;
        }
        var most = tariff.mostWithOwn(order, endpoint, completionTokens);
        return !most.exceeds(hold.get().raise(most));
    }

    /** How long an answer the limits leave enough for; empty if it may be that long. */
    OptionalLong mostTokens(Endpoint endpoint, long asked) {
        return hold.map(held ->
                        Tariff.shortened(tokens -> tariff.mostWithOwn(order, endpoint, tokens), held.reach(), asked))
                .orElse(OptionalLong.empty());
    }

    /**
     * Keeps what was asked.
     *
     * @return completes when it is on disk, or when it is clear that it will not be: the answer is not spoilt by that
     */
    CompletionStage<Void> book(Endpoint endpoint, Money amount, String details) {
        if (amount.isZero()) {
            return CompletableFuture.completedStage(null);
        }
        var transfer = transfer(endpoint, amount, details);
        return ledger.post(transfer).handle((posted, failure) -> {
            if (failure != null) {
                log.warn("What an account pays itself, {}, could not be booked: {}", transfer, failure.toString());
            }
            return null;
        });
    }

    void release() {
        hold.ifPresent(Hold::release);
    }

    private Transfer transfer(Endpoint endpoint, Money amount, String details) {
        var transfer = Transfer.builder(order.generation() + "#own", Transfer.Kind.OWN_COST, order.created())
                .entry(LedgerAccount.ownCost(endpoint.provider().name()), amount)
                .entry(LedgerAccount.ownPayments(order.account().id()), amount.negated())
                .details(details);
        order.key().ifPresent(key -> transfer.budget(Budget.ofOwnCost(key.id())));
        return transfer.build();
    }
}
