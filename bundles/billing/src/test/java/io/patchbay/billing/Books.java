package io.patchbay.billing;

import io.patchbay.api.database.DatabaseKind;
import io.patchbay.api.ledger.Entry;
import io.patchbay.api.ledger.Ledger;
import io.patchbay.api.ledger.LedgerAccount;
import io.patchbay.api.ledger.Money;
import io.patchbay.api.ledger.Transfer;
import io.patchbay.api.ledger.TransferQuery;
import io.patchbay.database.DatabaseSettings;
import io.patchbay.database.DatabasesService;
import io.patchbay.database.kit.DatabasePlace;
import io.patchbay.ledger.LedgerService;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** A real ledger, with what tests say of it most. */
final class Books implements AutoCloseable {
    private final DatabasePlace place;
    private DatabasesService databases;
    private LedgerService ledger;

    Books(Path folder) {
        this(folder, DatabaseKind.SQLITE);
    }

    Books(Path folder, DatabaseKind kind) {
        place = DatabasePlace.fresh(kind, folder);
        open();
    }

    private void open() {
        databases = new DatabasesService(DatabaseSettings.of(place.folder(), place.url(), place.user()));
        ledger = new LedgerService(databases, InstantSource.system(), Duration.ZERO, Duration.ofSeconds(2));
    }

    /** Ends the process in the middle of things: what is not on disk never will be. */
    void crash() {
        databases.close();
        ledger.deactivate();
        open();
    }

    Ledger ledger() {
        return ledger;
    }

    /** Somebody pays so many dollars. */
    void credit(String account, String dollars) {
        var amount = Money.ofDollars(new BigDecimal(dollars));
        ledger.post(Transfer.builder("top-up", Transfer.Kind.TOP_UP, Instant.EPOCH)
                        .entry(LedgerAccount.PAYMENTS, amount.negated())
                        .entry(LedgerAccount.credit(account), amount)
                        .build())
                .toCompletableFuture()
                .join();
    }

    Money creditOf(String account) {
        return ledger.balance(account).credit();
    }

    Money held(String account) {
        return ledger.balance(account).held();
    }

    /** What a ledger account has. */
    Money of(LedgerAccount account) {
        return ledger.balances().stream()
                .filter(entry -> entry.account().equals(account))
                .map(Entry::amount)
                .findFirst()
                .orElse(Money.ZERO);
    }

    /** All charges, the newest first. */
    List<Transfer> charges() {
        return ledger.transfers(TransferQuery.latest(100)).stream()
                .map(Ledger.Posted::transfer)
                .filter(transfer -> transfer.kind() == Transfer.Kind.CHARGE)
                .toList();
    }

    @Override
    public void close() {
        ledger.deactivate();
        databases.close();
    }
}
