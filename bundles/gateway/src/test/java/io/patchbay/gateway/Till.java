package io.patchbay.gateway;

import io.patchbay.api.billing.Bill;
import io.patchbay.api.billing.Billing;
import io.patchbay.api.billing.Charge;
import io.patchbay.api.billing.Deposit;
import io.patchbay.api.billing.Order;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.chat.Usage;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.ledger.Money;
import io.patchbay.api.ledger.Transfer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Billing at a dollar's billionth for a token, that writes down what it charges. */
final class Till implements Billing {
    final List<Order> orders = Collections.synchronizedList(new ArrayList<>());
    final List<Usage> charged = Collections.synchronizedList(new ArrayList<>());
    /** At whose prices answers were charged. */
    final List<Endpoint> priced = Collections.synchronizedList(new ArrayList<>());

    final Map<Integer, Usage> lost = new ConcurrentHashMap<>();
    final AtomicInteger open = new AtomicInteger();

    private volatile long creditTokens = Long.MAX_VALUE;
    private volatile String tooDear = "";
    private volatile CompletableFuture<Void> disk = CompletableFuture.completedFuture(null);

    /** There is credit for so much of an answer and no more. */
    void creditFor(long completionTokens) {
        creditTokens = completionTokens;
    }

    /** There is no credit for this provider. */
    void tooDear(String provider) {
        tooDear = provider;
    }

    /** Charges are not on disk before this completes. */
    void disk(CompletableFuture<Void> writing) {
        disk = writing;
    }

    @Override
    public Bill open(Order order) {
        if (creditTokens == 0) {
            throw broke();
        }
        orders.add(order);
        open.incrementAndGet();
        return new Bill() {
            private boolean ended;

            @Override
            public void attempt(Endpoint endpoint) {
                if (endpoint.provider().name().equals(tooDear)) {
                    throw broke();
                }
            }

            @Override
            public void price(Endpoint endpoint) {
                priced.add(endpoint);
            }

            @Override
            public OptionalLong mostTokens() {
                return creditTokens == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(creditTokens);
            }

            @Override
            public void lose(int attempt, Endpoint endpoint, Usage usage) {
                lost.put(attempt, usage);
            }

            @Override
            public boolean isCovered(long completionTokens) {
                return completionTokens <= creditTokens;
            }

            @Override
            public CompletionStage<Charge> charge(Usage usage) {
                end();
                charged.add(usage);
                var money = new Money(usage.promptTokens() + usage.completionTokens());
                return disk.thenApply(written -> new Charge(money, money, Money.ZERO));
            }

            @Override
            public void cancel() {
                end();
            }

            private synchronized void end() {
                if (!ended) {
                    ended = true;
                    open.decrementAndGet();
                }
            }
        };
    }

    @Override
    public CompletionStage<Transfer> deposit(Deposit deposit) {
        throw new UnsupportedOperationException();
    }

    private static RuntimeException broke() {
        return Failure.of(FailureKind.PAYMENT_REQUIRED, "No credit.").toException();
    }
}
