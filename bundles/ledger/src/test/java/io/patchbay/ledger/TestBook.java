package io.patchbay.ledger;

import io.patchbay.api.database.DatabaseKind;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.ledger.Hold;
import io.patchbay.api.ledger.HoldOutcome;
import io.patchbay.api.ledger.HoldRequest;
import io.patchbay.api.ledger.LedgerAccount;
import io.patchbay.api.ledger.Money;
import io.patchbay.api.ledger.Transfer;
import io.patchbay.database.DatabaseSettings;
import io.patchbay.database.DatabasesService;
import io.patchbay.database.kit.DatabasePlace;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** A ledger over a real database, at a time that the test sets, with what tests say of it most. */
final class TestBook implements AutoCloseable {
    static final Duration A_MINUTE = Duration.ofMinutes(1);

    private final DatabasePlace place;
    private DatabasesService databases;
    private LedgerService ledger;
    Instant now = Instant.parse("2026-11-27T12:00:00Z");

    TestBook(DatabaseKind kind, Path folder) {
        place = DatabasePlace.fresh(kind, folder);
        open();
    }

    LedgerService ledger() {
        return ledger;
    }

    DatabasesService databases() {
        return databases;
    }

    /** Ends the process as it were, and begins another one. */
    void restart() {
        close();
        open();
    }

    /** Ends the process in the middle of things: what is not on disk never will be. */
    void crash() {
        databases.close();
        ledger.deactivate();
        open();
    }

    private void open() {
        databases = new DatabasesService(DatabaseSettings.of(place.folder(), place.url(), place.user()));
        ledger = new LedgerService(databases, () -> now, Duration.ZERO, Duration.ofSeconds(2));
    }

    /** Another one over the same book, which must be right. */
    LedgerService openStrictly() {
        return new LedgerService(databases, () -> now, Duration.ZERO, Duration.ofSeconds(2), Duration.ZERO, true);
    }

    /** Another one over the same book, whose commits keep so much distance that there is one and no more. */
    LedgerService openForOneCommit() {
        return new LedgerService(
                databases, () -> now, Duration.ZERO, Duration.ofSeconds(2), Duration.ofHours(1), false);
    }

    /** Somebody pays. */
    void topUp(String account, long nanos) {
        await(ledger.post(Transfer.builder("top-up-" + account + nanos, Transfer.Kind.TOP_UP, now)
                .entry(LedgerAccount.PAYMENTS, new Money(-nanos))
                .entry(LedgerAccount.credit(account), new Money(nanos))
                .build()));
    }

    Transfer.Builder charge(String id, String account, long nanos) {
        return Transfer.builder(id, Transfer.Kind.CHARGE, now)
                .entry(LedgerAccount.credit(account), new Money(-nanos))
                .entry(LedgerAccount.cost("groq"), new Money(nanos));
    }

    /** A provider is paid by the account itself. */
    Transfer.Builder ownCost(String id, String account, long nanos) {
        return Transfer.builder(id, Transfer.Kind.OWN_COST, now)
                .entry(LedgerAccount.ownPayments(account), new Money(-nanos))
                .entry(LedgerAccount.ownCost("groq"), new Money(nanos));
    }

    HoldOutcome tryHold(String account, long nanos) {
        return ledger.hold(HoldRequest.on(account, new Money(nanos), new Money(nanos), A_MINUTE));
    }

    Hold hold(String account, long nanos) {
        return ((HoldOutcome.Held) tryHold(account, nanos)).hold();
    }

    long credit(String account) {
        return ledger.balance(account).credit().nanos();
    }

    long held(String account) {
        return ledger.balance(account).held().nanos();
    }

    static Transfer await(CompletionStage<Transfer> written) {
        return written.toCompletableFuture().join();
    }

    static Failure awaitFailure(CompletionStage<Transfer> written) {
        try {
            throw new AssertionError("written: " + await(written));
        } catch (CompletionException failed) {
            return FailureException.find(failed).orElseThrow(() -> new AssertionError(failed));
        }
    }

    @Override
    public void close() {
        ledger.deactivate();
        databases.close();
    }
}
