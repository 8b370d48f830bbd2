package io.patchbay.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.ledger.Budget;
import io.patchbay.api.ledger.Entry;
import io.patchbay.api.ledger.Hold;
import io.patchbay.api.ledger.HoldOutcome;
import io.patchbay.api.ledger.HoldRequest;
import io.patchbay.api.ledger.LedgerAccount;
import io.patchbay.api.ledger.Money;
import io.patchbay.api.ledger.Transfer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionStage;

/**
 * One random course of events for a ledger, beside a much simpler book of what it must come to. What was told to be
 * written must be there, once; what was not told may be there, once, or not.
 */
final class Course {
    private static final int STEPS = 60;
    private static final List<String> ACCOUNTS = List.of("acme", "bolt", "crux");
    private static final Budget BUDGET = new Budget("key", new Money(2_000), Budget.Period.DAY);

    private final TestBook book;
    private final Random random;
    /** Everything that was told to be on disk, by id. */
    private final Map<String, Transfer> told = new HashMap<>();

    private final List<Open> open = new ArrayList<>();
    private int ids;

    private record Open(String account, Hold hold, boolean budgeted) {}

    Course(TestBook book, long seed) {
        this.book = book;
        this.random = new Random(seed);
    }

    void run() {
        for (int step = 0; step < STEPS; step++) {
            switch (random.nextInt(12)) {
                case 0, 1 -> topUp();
                case 2, 3, 4 -> hold();
                case 5, 6, 7 -> capture();
                case 8 -> release();
                case 9 -> again();
                case 10 -> passTime();
                default -> burst();
            }
            if (random.nextInt(25) == 0) {
                crash();
            }
            check();
        }
        crash();
        check();
        ACCOUNTS.forEach(account -> assertThat(book.held(account)).isZero());
    }

    private void topUp() {
        write(Transfer.builder("top-up-" + ids++, Transfer.Kind.TOP_UP, book.now)
                .entry(LedgerAccount.PAYMENTS, new Money(-300))
                .entry(LedgerAccount.credit(account()), new Money(300))
                .build());
    }

    private void hold() {
        var account = account();
        boolean budgeted = random.nextBoolean();
        var least = new Money(random.nextInt(300));
        var request = HoldRequest.on(account, least, least.plus(new Money(random.nextInt(300))), Duration.ofHours(1));
        var outcome = book.ledger().hold(budgeted ? request.within(List.of(BUDGET)) : request);
        if (outcome instanceof HoldOutcome.Held held) {
            open.add(new Open(account, held.hold(), budgeted));
        }
    }

    private void capture() {
        if (!open.isEmpty()) {
            var generation = open.remove(random.nextInt(open.size()));
            remember(TestBook.await(generation.hold().capture(charge(generation))));
        }
    }

    /** Several at once, of which some are told only after the others. */
    private void burst() {
        var waiting = new ArrayList<CompletionStage<Transfer>>();
        while (!open.isEmpty() && random.nextInt(4) != 0) {
            var charge = charge(open.get(open.size() - 1));
            waiting.add(open.remove(open.size() - 1).hold().capture(charge));
        }
        waiting.forEach(written -> remember(TestBook.await(written)));
    }

    private Transfer charge(Open generation) {
        // As billing does: what is asked for first, and no more than is given.
        var wanted = generation.hold().amount().plus(new Money(random.nextInt(200)));
        var due = random.nextInt(3) == 0
                ? generation.hold().raise(wanted)
                : generation.hold().amount();
        var charge = book.charge("gen-" + ids++, generation.account(), due.nanos());
        return generation.budgeted() ? charge.budget(BUDGET.id()).build() : charge.build();
    }

    private void release() {
        if (!open.isEmpty()) {
            open.remove(random.nextInt(open.size())).hold().release();
        }
    }

    /** Somebody asks for the same once more. */
    private void again() {
        if (!told.isEmpty()) {
            var known = List.copyOf(told.values());
            var one = known.get(random.nextInt(known.size()));
            assertThat(TestBook.await(book.ledger().post(one))).isEqualTo(one);
        }
    }

    private void passTime() {
        book.now = book.now.plus(Duration.ofMinutes(random.nextInt(90)));
    }

    /** What is under way is lost or not, but never half. */
    private void crash() {
        var doubtful = new ArrayList<Transfer>();
        while (!open.isEmpty() && random.nextBoolean()) {
            var generation = open.remove(0);
            var charge = charge(generation);
            var unused = generation.hold().capture(charge);
            doubtful.add(charge);
        }
        open.clear();
        book.crash();
        for (var charge : doubtful) {
            book.ledger().transfer(charge.id()).ifPresent(this::remember);
        }
    }

    private void write(Transfer transfer) {
        remember(TestBook.await(book.ledger().post(transfer)));
    }

    private void remember(Transfer transfer) {
        told.put(transfer.id(), transfer);
    }

    private String account() {
        return ACCOUNTS.get(random.nextInt(ACCOUNTS.size()));
    }

    private void check() {
        var expected = new HashMap<LedgerAccount, Money>();
        told.values().stream()
                .flatMap(transfer -> transfer.entries().stream())
                .forEach(entry -> expected.merge(entry.account(), entry.amount(), Money::plus));
        var actual = new HashMap<LedgerAccount, Money>();
        book.ledger().balances().forEach(entry -> actual.put(entry.account(), entry.amount()));
        expected.values().removeIf(Money::isZero);
        actual.values().removeIf(Money::isZero);
        assertThat(actual).isEqualTo(expected);
        assertThat(book.ledger().balances().stream().map(Entry::amount).reduce(Money.ZERO, Money::plus))
                .isEqualTo(Money.ZERO);
        for (var account : ACCOUNTS) {
            assertThat(book.credit(account)).as(account).isNotNegative();
            assertThat(book.held(account)).as("held of " + account).isBetween(0L, book.credit(account));
        }
        assertThat(book.ledger().spent(BUDGET.id(), BUDGET.period())).isLessThanOrEqualTo(BUDGET.limit());
    }
}
