package io.patchbay.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.api.database.DatabaseKind;
import io.patchbay.api.database.Scripts;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.ledger.Budget;
import io.patchbay.api.ledger.Budget.Period;
import io.patchbay.api.ledger.HoldOutcome;
import io.patchbay.api.ledger.HoldOutcome.Shortfall;
import io.patchbay.api.ledger.HoldRequest;
import io.patchbay.api.ledger.Ledger.Posted;
import io.patchbay.api.ledger.LedgerAccount;
import io.patchbay.api.ledger.Money;
import io.patchbay.api.ledger.Transfer;
import io.patchbay.api.ledger.TransferQuery;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The book, on each kind of database. */
class LedgerServiceTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void keepsWhatWasPosted(DatabaseKind kind) {
        try (var book = new TestBook(kind, folder)) {
            book.topUp("acme", 100);
            var charge = book.charge("gen-1", "acme", 30)
                    .budget("key-1")
                    .details("{\"model\":\"m/one\",\"label\":\"a \\\"b\\\", {c} \\\\ 💸, NULL\"}")
                    .build();
            TestBook.await(book.ledger().post(charge));

            book.restart();

            assertThat(book.credit("acme")).isEqualTo(70);
            assertThat(book.ledger().transfer("gen-1")).contains(charge);
            assertThat(book.ledger().spent("key-1", Period.DAY)).isEqualTo(new Money(30));
            assertThat(book.ledger().verify().differences()).isEmpty();
            assertThat(book.ledger().verify().transfers()).isEqualTo(2);
        }
    }

    /** So that a quick pace of single charges does not keep the disk busy with a commit for each. */
    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void writesAtOnceAfterAPauseAndGathersWhatFollows(DatabaseKind kind) {
        try (var book = new TestBook(kind, folder)) {
            book.topUp("acme", 100);
            book.ledger().deactivate();
            var ledger = book.openForOneCommit();

            TestBook.await(ledger.post(book.charge("gen-1", "acme", 10).build()));
            var second = ledger.post(book.charge("gen-2", "acme", 10).build());
            var third = ledger.post(book.charge("gen-3", "acme", 10).build());

            assertThat(second).isNotDone();
            assertThat(third).isNotDone();
            ledger.deactivate();
            TestBook.await(second);
            TestBook.await(third);
            book.restart();
            assertThat(book.credit("acme")).isEqualTo(70);
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void movesOnceForEachId(DatabaseKind kind) {
        try (var book = new TestBook(kind, folder)) {
            book.topUp("acme", 100);
            var first = book.charge("gen-1", "acme", 30).build();
            TestBook.await(book.ledger().post(first));
            book.now = book.now.plusSeconds(5);

            var second = TestBook.await(
                    book.ledger().post(book.charge("gen-1", "acme", 30).build()));
            var other = TestBook.awaitFailure(
                    book.ledger().post(book.charge("gen-1", "acme", 31).build()));

            assertThat(second).isEqualTo(first);
            assertThat(other.kind()).isEqualTo(FailureKind.INVALID_REQUEST);
            assertThat(book.credit("acme")).isEqualTo(70);
            assertThat(book.ledger().verify().differences()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void movesOnceForEachIdAlsoWhenAllComeAtOnce(DatabaseKind kind) {
        try (var book = new TestBook(kind, folder)) {
            book.topUp("acme", 1_000);
            var posts = IntStream.range(0, 300)
                    .mapToObj(i -> book.ledger()
                            .post(book.charge("gen-" + i % 3, "acme", 10).build())
                            .toCompletableFuture())
                    .toArray(CompletableFuture[]::new);

            CompletableFuture.allOf(posts).join();

            assertThat(book.credit("acme")).isEqualTo(970);
            assertThat(book.ledger().verify().transfers()).isEqualTo(4);
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void keepsWhatIsHeldFromEverybodyElse(DatabaseKind kind) {
        try (var book = new TestBook(kind, folder)) {
            book.topUp("acme", 100);
            var hold = book.hold("acme", 70);

            assertThat(book.tryHold("acme", 31)).isEqualTo(new Shortfall(Optional.empty(), new Money(30), true));
            assertThat(book.tryHold("acme", 101)).isEqualTo(new Shortfall(Optional.empty(), new Money(30), false));
            hold.release();
            hold.release();

            assertThat(book.held("acme")).isZero();
            assertThat(book.tryHold("acme", 100)).isInstanceOf(HoldOutcome.Held.class);
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aCaptureEndsTheHold(DatabaseKind kind) {
        try (var book = new TestBook(kind, folder)) {
            book.topUp("acme", 100);
            var hold = book.hold("acme", 70);

            TestBook.await(hold.capture(book.charge("gen-1", "acme", 20).build()));
            hold.release();

            assertThat(book.held("acme")).isZero();
            assertThat(book.credit("acme")).isEqualTo(80);
            assertThat(hold.raise(new Money(90))).isEqualTo(Money.ZERO);
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void raisesAHoldAsFarAsThereIsCredit(DatabaseKind kind) {
        try (var book = new TestBook(kind, folder)) {
            book.topUp("acme", 100);
            var hold = book.hold("acme", 10);
            book.hold("acme", 50);

            assertThat(hold.raise(new Money(30))).isEqualTo(new Money(30));
            assertThat(hold.raise(new Money(20))).isEqualTo(new Money(30));
            assertThat(hold.raise(new Money(80))).isEqualTo(new Money(50));
            assertThat(book.held("acme")).isEqualTo(100);
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void holdsWhatThereIsOfWhatIsWanted(DatabaseKind kind) {
        try (var book = new TestBook(kind, folder)) {
            book.topUp("acme", 100);

            var outcome = book.ledger().hold(HoldRequest.on("acme", new Money(80), new Money(200), TestBook.A_MINUTE));

            assertThat(((HoldOutcome.Held) outcome).hold().amount()).isEqualTo(new Money(100));
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void goesBelowZeroNoFurtherThanItsOverdraft(DatabaseKind kind) {
        try (var book = new TestBook(kind, folder)) {
            var request = HoldRequest.on("house", new Money(40), new Money(40), TestBook.A_MINUTE)
                    .overdraft(new Money(50));

            var held = (HoldOutcome.Held) book.ledger().hold(request);
            assertThat(book.ledger().hold(request)).isEqualTo(new Shortfall(Optional.empty(), new Money(10), true));
            assertThat(held.hold().raise(new Money(60))).isEqualTo(new Money(50));
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void staysWithinAKeysBudgetUntilItsNextPeriod(DatabaseKind kind) {
        try (var book = new TestBook(kind, folder)) {
            book.topUp("acme", 1_000);
            var daily = new Budget("key-1", new Money(100), Period.DAY);
            var request = HoldRequest.on("acme", new Money(60), new Money(60), Duration.ofDays(2))
                    .within(List.of(daily));
            var first = ((HoldOutcome.Held) book.ledger().hold(request)).hold();
            TestBook.await(first.capture(
                    book.charge("gen-1", "acme", 60).budget("key-1").build()));

            assertThat(book.ledger().hold(request)).isEqualTo(new Shortfall(Optional.of(daily), new Money(40), false));
            book.now = book.now.plus(Duration.ofHours(12));

            assertThat(book.ledger().hold(request)).isInstanceOf(HoldOutcome.Held.class);
            assertThat(book.ledger().hold(request)).isEqualTo(new Shortfall(Optional.of(daily), new Money(40), true));
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void staysWithinEachOfAKeysBudgets(DatabaseKind kind) {
        try (var book = new TestBook(kind, folder)) {
            book.topUp("acme", 1_000);
            var daily = new Budget("key-1", new Money(100), Period.DAY);
            var monthly = new Budget("key-1", new Money(150), Period.MONTH);
            var request = HoldRequest.on("acme", new Money(60), new Money(90), Duration.ofDays(2))
                    .within(List.of(daily, monthly));
            var first = ((HoldOutcome.Held) book.ledger().hold(request)).hold();
            assertThat(first.raise(new Money(500))).isEqualTo(new Money(100));
            TestBook.await(first.capture(
                    book.charge("gen-1", "acme", 95).budget("key-1").build()));
            assertThat(book.ledger().hold(request)).isEqualTo(new Shortfall(Optional.of(daily), new Money(5), false));

            book.now = book.now.plus(Duration.ofDays(1));

            assertThat(book.ledger().hold(request))
                    .isEqualTo(new Shortfall(Optional.of(monthly), new Money(55), false));
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void whatAccountsPayThemselvesCountsForTheBudgetsThatSaySo(DatabaseKind kind) {
        try (var book = new TestBook(kind, folder)) {
            book.topUp("acme", 1_000);
            var charges = new Budget("key-1", new Money(100), Period.DAY);
            var all = new Budget("key-1", new Money(100), Period.DAY, true);
            var request = HoldRequest.onBudgets(List.of(all), new Money(60), new Money(60), Duration.ofDays(1));
            var held = ((HoldOutcome.Held) book.ledger().hold(request)).hold();
            var credit = HoldRequest.on("acme", new Money(60), new Money(60), Duration.ofDays(1))
                    .within(List.of(all));
            assertThat(book.ledger().hold(credit)).isEqualTo(new Shortfall(Optional.of(all), new Money(40), true));

            TestBook.await(book.ledger()
                    .post(book.ownCost("gen-1#own", "acme", 60)
                            .budget(Budget.ofOwnCost("key-1"))
                            .build()));
            held.release();
            book.restart();

            assertThat(book.ledger().hold(credit)).isEqualTo(new Shortfall(Optional.of(all), new Money(40), false));
            assertThat(book.ledger().hold(credit.within(List.of(charges)))).isInstanceOf(HoldOutcome.Held.class);
            assertThat(book.ledger().spent(all)).isEqualTo(new Money(60));
            assertThat(book.ledger().spent(charges)).isEqualTo(Money.ZERO);
            assertThat(book.credit("acme")).isEqualTo(1_000);
            assertThat(book.ledger().verify().differences()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void freesWhatWasForgotten(DatabaseKind kind) {
        try (var book = new TestBook(kind, folder)) {
            book.topUp("acme", 100);
            var forgotten = book.hold("acme", 70);
            book.now = book.now.plus(TestBook.A_MINUTE);

            book.topUp("other", 1);
            book.topUp("other", 2);

            assertThat(book.held("acme")).isZero();
            assertThat(forgotten.raise(new Money(10))).isEqualTo(Money.ZERO);
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void listsTransfersOfAnAccountPageByPage(DatabaseKind kind) {
        try (var book = new TestBook(kind, folder)) {
            book.topUp("acme", 100);
            book.topUp("other", 100);
            for (int i = 1; i <= 5; i++) {
                TestBook.await(
                        book.ledger().post(book.charge("gen-" + i, "acme", i).build()));
            }
            var acme = TransferQuery.latest(3).of(LedgerAccount.credit("acme"));

            var page = book.ledger().transfers(acme);
            var next = book.ledger().transfers(acme.before(page.get(2).sequence()));

            assertThat(page)
                    .extracting(Posted::transfer)
                    .extracting(Transfer::id)
                    .containsExactly("gen-5", "gen-4", "gen-3");
            assertThat(next)
                    .extracting(Posted::transfer)
                    .extracting(Transfer::id)
                    .containsExactly("gen-2", "gen-1", "top-up-acme100");
            assertThat(book.ledger().transfers(TransferQuery.latest(100))).hasSize(7);
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void findsDepositsAmongChargesAndWhatThereWasAtATime(DatabaseKind kind) {
        try (var book = new TestBook(kind, folder)) {
            var start = book.now;
            book.topUp("acme", 100);
            TestBook.await(book.ledger().post(book.charge("gen-1", "acme", 5).build()));
            book.now = start.plusSeconds(60);
            TestBook.await(book.ledger().post(book.charge("gen-2", "acme", 7).build()));
            book.topUp("other", 50);
            var credit = LedgerAccount.credit("acme");
            var all = TransferQuery.latest(10).of(credit);

            assertThat(ids(book, all.withoutCharges())).containsExactly("top-up-acme100");
            assertThat(ids(book, all.within(start, book.now))).containsExactly("gen-1", "top-up-acme100");
            assertThat(ids(book, all.within(book.now, book.now.plusMillis(1)))).containsExactly("gen-2");
            assertThat(book.ledger().balance(credit, start)).isEqualTo(Money.ZERO);
            assertThat(book.ledger().balance(credit, book.now)).isEqualTo(new Money(95));
            assertThat(book.ledger().balance(credit, book.now.plusMillis(1))).isEqualTo(new Money(88));
            assertThat(book.ledger().balance(LedgerAccount.cost("groq"), book.now.plusMillis(1)))
                    .isEqualTo(new Money(12));
        }
    }

    private static List<String> ids(TestBook book, TransferQuery query) {
        return book.ledger().transfers(query).stream()
                .map(posted -> posted.transfer().id())
                .toList();
    }

    /** L10. */
    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void refusesToChangeOrDeleteWhatIsWritten(DatabaseKind kind) throws SQLException {
        try (var book = new TestBook(kind, folder)) {
            book.topUp("acme", 100);
            book.ledger().deactivate();
            try (var tables = book.databases().open("ledger", Scripts.beside(LedgerService.class));
                    var connection = tables.connect()) {
                for (var change : new String[] {
                    "update entry set amount = 0",
                    "delete from entry",
                    "update transfer set kind = 'GRANT'",
                    "delete from transfer"
                }) {
                    assertThatThrownBy(() -> connection.prepareStatement(change).executeUpdate())
                            .as(change)
                            .isInstanceOf(SQLException.class)
                            .hasMessageContaining("never");
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aStrictLedgerOpensABookThatIsRight(DatabaseKind kind) {
        try (var book = new TestBook(kind, folder)) {
            book.topUp("acme", 100);
            book.ledger().deactivate();

            var strict = book.openStrictly();

            assertThat(strict.balance("acme").credit()).isEqualTo(new Money(100));
            strict.deactivate();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update ledger_account set balance = balance + 1 where name = 'credit/acme'",
                "update spending set amount = amount - 1",
                "insert into entry (sequence, account, amount) values (1, 3, 5)",
                "insert into entry (sequence, account, amount) values (99, 1, 5)"
            })
    void verificationFindsWhatSomebodyChanged(String tampering) throws SQLException {
        for (var kind : DatabaseKind.values()) {
            try (var book = new TestBook(kind, folder.resolve(kind.name()))) {
                book.topUp("acme", 100);
                TestBook.await(book.ledger()
                        .post(book.charge("gen-1", "acme", 5).budget("key-1").build()));
                book.ledger().deactivate();
                try (var tables = book.databases().open("ledger", Scripts.beside(LedgerService.class));
                        var connection = tables.connect()) {
                    connection.prepareStatement(tampering).executeUpdate();
                }

                book.restart();

                assertThat(book.ledger().verify().differences()).as(kind.name()).isNotEmpty();
                book.ledger().deactivate();
                assertThatThrownBy(book::openStrictly)
                        .as(kind.name())
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("the ledger is wrong");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void ofRequestsThatRaceNoTwoArePromisedTheSame(DatabaseKind kind) throws Exception {
        try (var book = new TestBook(kind, folder)) {
            book.topUp("acme", 200);
            var threads = Executors.newFixedThreadPool(8);
            var races = IntStream.range(0, 200)
                    .mapToObj(i -> CompletableFuture.runAsync(
                            () -> {
                                if (book.tryHold("acme", 10) instanceof HoldOutcome.Held held) {
                                    TestBook.await(held.hold()
                                            .capture(book.charge("gen-" + i, "acme", 10)
                                                    .build()));
                                }
                            },
                            threads))
                    .toArray(CompletableFuture[]::new);
            CompletableFuture.allOf(races).join();
            threads.shutdown();

            assertThat(book.credit("acme")).isZero();
            assertThat(book.held("acme")).isZero();
            assertThat(book.ledger().verify().transfers()).isEqualTo(21);
        }
    }
}
