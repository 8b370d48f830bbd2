package io.patchbay.billing;

import io.patchbay.api.billing.Bill;
import io.patchbay.api.billing.Charge;
import io.patchbay.api.billing.Order;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.chat.Usage;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.ledger.Hold;
import io.patchbay.api.ledger.Ledger;
import io.patchbay.api.ledger.LedgerAccount;
import io.patchbay.api.ledger.Money;
import io.patchbay.api.ledger.Transfer;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bill of one generation. */
final class LiveBill implements Bill {
    private static final Logger log = LoggerFactory.getLogger(LiveBill.class);
    /** As long as any model's answer, where nobody knows how long this one's may be. */
    private static final long UNKNOWN_LENGTH = 128_000;

    private final Order order;
    private final Tariff tariff;
    private final Hold hold;
    private final OwnCost own;
    private final Ledger ledger;
    private final ChargeDetails details;
    private volatile Endpoint endpoint;
    /** For an answer of so many tokens enough is held, so that the meter needs no arithmetic for most chunks. */
    private volatile long coveredTokens;

    LiveBill(Order order, Tariff tariff, Hold hold, OwnCost own, Ledger ledger) {
        this.order = order;
        this.tariff = tariff;
        this.hold = hold;
        this.own = own;
        this.ledger = ledger;
        this.details = new ChargeDetails(order);
        this.endpoint = order.endpoint();
    }

    @Override
    public void attempt(Endpoint next) {
        endpoint = next;
        coveredTokens = 0;
        if (!own.isHeld(next, 1)) {
            throw tooDear("This API key's limit", next, "key_limit");
        }
        if (!isCovered(1)) {
            throw tooDear("The credit that is left", next, "credits");
        }
    }

    private static FailureException tooDear(String what, Endpoint at, String source) {
        var message =
                what + " does not pay for this request at " + at.provider().displayName() + '.';
        return Failure.builder(FailureKind.PAYMENT_REQUIRED, message)
                .limitSource(source)
                .build()
                .toException();
    }

    @Override
    public void price(Endpoint served) {
        endpoint = served;
        coveredTokens = 0;
    }

    @Override
    public OptionalLong mostTokens() {
        long asked = Math.min(order.maxTokens().orElseGet(() -> longest(endpoint)), Usage.MOST);
        long all = asked * order.answers();
        var at = endpoint;
        long paid = Tariff.shortened(tokens -> tariff.most(order, at, tokens), hold.reach(), all)
                .orElse(all);
        long most = Math.min(paid, own.mostTokens(at, all).orElse(all)) / order.answers();
        return most < asked ? OptionalLong.of(Math.max(1, most)) : OptionalLong.empty();
    }

    private static long longest(Endpoint endpoint) {
        return endpoint.maxCompletionTokens()
                .orElseGet(() -> endpoint.contextLength().orElse(UNKNOWN_LENGTH));
    }

    @Override
    public void lose(int attempt, Endpoint at, Usage usage) {
        var cost = at.isOwn() ? Money.ZERO : tariff.upstream(order, at, usage);
        if (cost.isZero()) {
            return;
        }
        var loss = Transfer.builder(order.generation() + '#' + attempt, Transfer.Kind.LOSS, order.created())
                .entry(LedgerAccount.cost(at.provider().name()), cost)
                .entry(LedgerAccount.WRITE_OFF, cost.negated())
                .details(details.of(at, usage))
                .build();
        ledger.post(loss).whenComplete((posted, failure) -> {
            if (failure != null) {
                log.warn("The loss {} could not be booked: {}", loss, failure.toString());
            }
        });
    }

    @Override
    public boolean isCovered(long completionTokens) {
        if (completionTokens <= coveredTokens) {
            return true;
        }
        long ahead = Math.max(2 * completionTokens, tariff.expectedTokens(order));
        if (isHeld(ahead)) {
            coveredTokens = ahead;
            return true;
        }
        return isHeld(completionTokens);
    }

    private boolean isHeld(long completionTokens) {
        var most = tariff.most(order, endpoint, completionTokens);
        return !most.exceeds(hold.raise(most)) && own.isHeld(endpoint, completionTokens);
    }

    @Override
    public CompletionStage<Charge> charge(Usage usage) {
        var upstream = tariff.upstream(order, endpoint, usage);
        var cost = endpoint.isOwn() ? Money.ZERO : upstream;
        var due = tariff.due(order, endpoint, usage);
        // What the meter has not seen, because the provider counts otherwise, is held now, if there is credit for it.
        var charged = due.min(hold.raise(due));
        var charge = new Charge(
                charged,
                cost,
                charged.minus(cost).max(Money.ZERO),
                upstream.minus(cost),
                tariff.completion(order, endpoint, usage).min(upstream));
        var said = details.of(endpoint, usage);
        var ownBooked = own.book(endpoint, charge.ownCost(), said);
        // What the limits hold for both is let go when both are in the book.
        return charged(charge, said)
                .thenCombine(ownBooked, (booked, beside) -> charge)
                .whenComplete((booked, failure) -> own.release());
    }

    private CompletionStage<Charge> charged(Charge charge, String said) {
        if (charge.charged().isZero() && charge.cost().isZero()) {
            hold.release();
            return CompletableFuture.completedStage(charge);
        }
        return hold.capture(transfer(charge, said)).thenApply(onDisk -> charge);
    }

    @Override
    public void cancel() {
        hold.release();
        own.release();
    }

    private Transfer transfer(Charge charge, String said) {
        var lost = charge.cost().minus(charge.charged()).max(Money.ZERO);
        var transfer = Transfer.builder(order.generation(), Transfer.Kind.CHARGE, order.created())
                .entry(
                        LedgerAccount.credit(order.account().id()),
                        charge.charged().negated())
                .entry(LedgerAccount.cost(endpoint.provider().name()), charge.cost())
                .entry(LedgerAccount.MARGIN, charge.margin())
                .entry(LedgerAccount.WRITE_OFF, lost.negated())
                .details(said);
        order.key().ifPresent(key -> transfer.budget(key.id()));
        return transfer.build();
    }
}
