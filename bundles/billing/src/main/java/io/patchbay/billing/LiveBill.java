package io.patchbay.billing;

import com.google.gson.JsonObject;
import io.patchbay.api.billing.Bill;
import io.patchbay.api.billing.Charge;
import io.patchbay.api.billing.Order;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.Price;
import io.patchbay.api.catalog.Price.Unit;
import io.patchbay.api.chat.Usage;
import io.patchbay.api.failure.Failure;
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
    private final Ledger ledger;
    private volatile Endpoint endpoint;
    /** For an answer of so many tokens enough is held, so that the meter needs no arithmetic for most chunks. */
    private volatile long coveredTokens;

    LiveBill(Order order, Tariff tariff, Hold hold, Ledger ledger) {
        this.order = order;
        this.tariff = tariff;
        this.hold = hold;
        this.ledger = ledger;
        this.endpoint = order.endpoint();
    }

    @Override
    public void attempt(Endpoint next) {
        endpoint = next;
        coveredTokens = 0;
        if (!isCovered(1)) {
            throw Failure.builder(
                            FailureKind.PAYMENT_REQUIRED,
                            "The credit that is left does not pay for this request at "
                                    + next.provider().displayName() + '.')
                    .limitSource("credits")
                    .build()
                    .toException();
        }
    }

    @Override
    public OptionalLong mostTokens() {
        long asked = Math.min(order.maxTokens().orElseGet(() -> longest(endpoint)), Usage.MOST);
        var reach = hold.reach();
        if (!tariff.most(order, endpoint, asked * order.answers()).exceeds(reach)) {
            return OptionalLong.empty();
        }
        long most = tariff.affordable(order, endpoint, reach) / order.answers();
        return most < asked ? OptionalLong.of(Math.max(1, most)) : OptionalLong.empty();
    }

    private static long longest(Endpoint endpoint) {
        return endpoint.maxCompletionTokens()
                .orElseGet(() -> endpoint.contextLength().orElse(UNKNOWN_LENGTH));
    }

    @Override
    public void lose(int attempt, Usage usage) {
        var cost = cost(usage);
        if (cost.isZero()) {
            return;
        }
        var loss = Transfer.builder(order.generation() + '#' + attempt, Transfer.Kind.LOSS, order.created())
                .entry(LedgerAccount.cost(endpoint.provider().name()), cost)
                .entry(LedgerAccount.WRITE_OFF, cost.negated())
                .details(details(usage))
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
        return !most.exceeds(hold.raise(most));
    }

    @Override
    public CompletionStage<Charge> charge(Usage usage) {
        var cost = cost(usage);
        var ownCost = tariff.upstream(order, endpoint, usage).minus(cost);
        var due = tariff.due(order, endpoint, usage);
        // What the meter has not seen, because the provider counts otherwise, is held now, if there is credit for it.
        var charged = due.min(hold.raise(due));
        var charge = new Charge(charged, cost, charged.minus(cost).max(Money.ZERO), ownCost);
        var transfer = transfer(charge, usage);
        if (transfer.entries().isEmpty()) {
            hold.release();
            return CompletableFuture.completedStage(charge);
        }
        return hold.capture(transfer).thenApply(onDisk -> charge);
    }

    @Override
    public void cancel() {
        hold.release();
    }

    /** What the operator owes the provider. */
    private Money cost(Usage usage) {
        return endpoint.isOwn() ? Money.ZERO : tariff.upstream(order, endpoint, usage);
    }

    private Transfer transfer(Charge charge, Usage usage) {
        var lost = charge.cost().minus(charge.charged()).max(Money.ZERO);
        var transfer = Transfer.builder(order.generation(), Transfer.Kind.CHARGE, order.created())
                .entry(
                        LedgerAccount.credit(order.account().id()),
                        charge.charged().negated())
                .entry(LedgerAccount.cost(endpoint.provider().name()), charge.cost())
                .entry(LedgerAccount.MARGIN, charge.margin())
                .entry(LedgerAccount.WRITE_OFF, lost.negated())
                .details(details(usage));
        order.key().ifPresent(key -> transfer.budget(key.id()));
        return transfer.build();
    }

    /** Everything that the cost can be reckoned from again. */
    private String details(Usage usage) {
        var details = new JsonObject();
        details.addProperty("model", endpoint.model().toString());
        details.addProperty("provider", endpoint.provider().name());
        details.addProperty("endpoint", endpoint.id());
        var price = Tariff.charged(order, endpoint, usage);
        details.addProperty("prompt_tokens", usage.promptTokens());
        details.addProperty("completion_tokens", usage.completionTokens());
        details.addProperty("prompt_price", price.prompt());
        details.addProperty("completion_price", price.completion());
        addPart(details, "cached_tokens", usage.cachedTokens(), price, Unit.CACHE_READ);
        addPart(details, "cache_write_tokens", usage.cacheWriteTokens(), price, Unit.CACHE_WRITE);
        addPart(details, "audio_tokens", Rating.audioTokens(usage), price, Unit.AUDIO);
        addPart(details, "images", order.images(), price, Unit.IMAGE);
        addPart(details, "reasoning_tokens", usage.reasoningTokens(), price, Unit.INTERNAL_REASONING);
        addPart(details, "audio_output_tokens", Rating.audioOutputTokens(usage), price, Unit.AUDIO_OUTPUT);
        addPart(details, "web_searches", Rating.searches(usage), price, Unit.WEB_SEARCH);
        if (price.request().signum() > 0) {
            details.addProperty("request_price", price.request());
        }
        if (endpoint.isOwn()) {
            details.addProperty("own_credential", true);
        }
        if (usage.isEstimated()) {
            details.addProperty("estimated", true);
        }
        details.addProperty("price_version", Tariff.listed(endpoint).version());
        price.asOf().ifPresent(day -> details.addProperty("price_of", day.toString()));
        return details.toString();
    }

    /** A part of the usage, and what one of it costs if that is another amount than for those around it. */
    private static void addPart(JsonObject details, String name, long count, Price price, Unit unit) {
        if (count > 0) {
            details.addProperty(name, count);
            price.of(unit).ifPresent(amount -> details.addProperty(unit.key() + "_price", amount));
        }
    }
}
