package io.patchbay.ledger;

import io.patchbay.api.ledger.Balance;
import io.patchbay.api.ledger.Budget;
import io.patchbay.api.ledger.Entry;
import io.patchbay.api.ledger.HoldOutcome;
import io.patchbay.api.ledger.HoldRequest;
import io.patchbay.api.ledger.LedgerAccount;
import io.patchbay.api.ledger.Money;
import io.patchbay.api.ledger.Transfer;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the book says, in memory: the balances that are on disk, and what is held of them. Every question and every
 * movement is a moment under one lock, so that of requests that race no two are promised the same dollar. For any thread.
 */
final class Book {
    /** Of what is no credit of anybody's. */
    private static final Balance UNLIMITED = new Balance(new Money(Long.MAX_VALUE), Money.ZERO);

    private final InstantSource clock;
    private final Map<LedgerAccount, Money> balances = new HashMap<>();
    private final Map<String, Money> heldCredit = new HashMap<>();
    private final Map<String, Spending> spendings = new HashMap<>();
    private final Map<String, Money> heldBudgets = new HashMap<>();
    private final Set<LiveHold> holds = new HashSet<>();

    Book(InstantSource clock) {
        this.clock = clock;
    }

    /** Forgets the balances for those that are on disk; holds stay. */
    synchronized void load(Map<LedgerAccount, Money> stored, List<Spent> spent) {
        balances.clear();
        balances.putAll(stored);
        spendings.clear();
        spent.forEach(this::add);
    }

    /** What was spent from a budget on a day. */
    record Spent(String budget, LocalDate day, Money amount) {}

    /** Finds out whether there is enough, and holds it. */
    synchronized HoldOutcome hold(HoldRequest request, Journal journal) {
        var credit = spendable(request);
        if (request.least().exceeds(credit.available())) {
            return new HoldOutcome.Shortfall(
                    Optional.empty(), credit.available(), !request.least().exceeds(credit.credit()));
        }
        var amount = request.wanted().min(credit.available());
        for (var budget : request.budgets()) {
            var left = left(budget);
            if (request.least().exceeds(left.available())) {
                return new HoldOutcome.Shortfall(
                        Optional.of(budget), left.available(), !request.least().exceeds(left.credit()));
            }
            amount = amount.min(left.available());
        }
        var hold = new LiveHold(this, journal, request, clock.instant().plus(request.longest()));
        holds.add(hold);
        hold.amount = Money.ZERO;
        add(hold, amount);
        return new HoldOutcome.Held(hold);
    }

    /** See {@link io.patchbay.api.ledger.Hold#raise}. */
    synchronized Money raise(LiveHold hold, Money wanted) {
        if (!holds.contains(hold) || !wanted.exceeds(hold.amount)) {
            return hold.amount;
        }
        var more = wanted.minus(hold.amount).min(availableTo(hold));
        if (more.isPositive()) {
            add(hold, more);
        }
        return hold.amount;
    }

    /** See {@link io.patchbay.api.ledger.Hold#reach}. */
    synchronized Money reach(LiveHold hold) {
        var more = availableTo(hold);
        return holds.contains(hold) && more.isPositive() ? hold.amount.plus(more) : hold.amount;
    }

    private Money availableTo(LiveHold hold) {
        var available = spendable(hold.request).available();
        for (var budget : hold.request.budgets()) {
            available = available.min(left(budget).available());
        }
        return available;
    }

    /** Nothing is held by it any more. */
    synchronized void end(LiveHold hold) {
        if (holds.remove(hold)) {
            add(hold, hold.amount.negated());
            notifyAll();
        }
    }

    /** Ends what has been held for too long. */
    synchronized void expire() {
        var now = clock.instant();
        Stream.of(holds.toArray(LiveHold[]::new))
                .filter(hold -> !hold.expires.isAfter(now))
                .forEach(this::end);
    }

    /** Transfers are on disk, and the holds that they were for are over. */
    synchronized void apply(List<Transfer> transfers, List<LiveHold> ended) {
        for (var transfer : transfers) {
            for (var entry : transfer.entries()) {
                balances.merge(entry.account(), entry.amount(), Money::plus);
            }
            transfer.budget().ifPresent(budget -> add(new Spent(budget, day(transfer.created()), transfer.debit())));
        }
        ended.forEach(this::end);
    }

    synchronized Balance credit(String account) {
        return new Balance(
                balances.getOrDefault(LedgerAccount.credit(account), Money.ZERO),
                heldCredit.getOrDefault(account, Money.ZERO));
    }

    synchronized Money spent(String budget, Budget.Period period) {
        var spending = spendings.get(budget);
        return spending == null ? Money.ZERO : spending.in(period, day(clock.instant()));
    }

    /** Every ledger account with what it has. */
    synchronized List<Entry> balances() {
        return balances.entrySet().stream()
                .map(balance -> new Entry(balance.getKey(), balance.getValue()))
                .toList();
    }

    /**
     * Waits until nothing is held.
     *
     * @return false if something still is
     */
    synchronized boolean awaitNoHolds(long millis) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        while (!holds.isEmpty()) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }

    private Balance spendable(HoldRequest request) {
        if (request.account().isEmpty()) {
            return UNLIMITED;
        }
        var balance = credit(request.account());
        return new Balance(balance.credit().plus(request.overdraft()), balance.held());
    }

    /** What a budget has left, as if it were an account. */
    private Balance left(Budget budget) {
        return new Balance(
                budget.limit().minus(budget.counted(this::spent)), heldBudgets.getOrDefault(budget.id(), Money.ZERO));
    }

    private void add(Spent spent) {
        spendings.computeIfAbsent(spent.budget(), id -> new Spending()).add(spent.day(), spent.amount());
    }

    private void add(LiveHold hold, Money more) {
        hold.amount = hold.amount.plus(more);
        if (!hold.request.account().isEmpty()) {
            add(heldCredit, hold.request.account(), more);
        }
        hold.request.budgets().stream().map(Budget::id).distinct().forEach(key -> add(heldBudgets, key, more));
    }

    private static void add(Map<String, Money> held, String of, Money more) {
        var sum = held.getOrDefault(of, Money.ZERO).plus(more);
        if (sum.isZero()) {
            held.remove(of);
        } else {
            held.put(of, sum);
        }
    }
}
