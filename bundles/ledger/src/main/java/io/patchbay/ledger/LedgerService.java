package io.patchbay.ledger;

import io.patchbay.api.database.Database;
import io.patchbay.api.database.Databases;
import io.patchbay.api.database.Scripts;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.ledger.Balance;
import io.patchbay.api.ledger.Budget;
import io.patchbay.api.ledger.Entry;
import io.patchbay.api.ledger.HoldOutcome;
import io.patchbay.api.ledger.HoldRequest;
import io.patchbay.api.ledger.Ledger;
import io.patchbay.api.ledger.LedgerAccount;
import io.patchbay.api.ledger.Money;
import io.patchbay.api.ledger.Transfer;
import io.patchbay.api.ledger.TransferQuery;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The component. Goes once nothing is held any more, so that every generation under way is charged. */
@Component(service = Ledger.class, immediate = true, configurationPid = "io.patchbay.ledger")
@Designate(ocd = LedgerService.Config.class)
public final class LedgerService implements Ledger {
    private static final Logger log = LoggerFactory.getLogger(LedgerService.class);
    private static final int TELLERS = 2;

    /** Settings of the ledger. */
    @ObjectClassDefinition(name = "Patchbay ledger")
    @interface Config {
        @AttributeDefinition(
                description = "Milliseconds a ledger that is being replaced waits for generations under way")
        long drain$_$timeout$_$millis() default 60_000;

        @AttributeDefinition(description = "Milliseconds the database may be away before generations fail")
        long database$_$timeout$_$millis() default 5_000;

        @AttributeDefinition(
                description = "Microseconds from one commit to the next at the least; a lone charge is written at once",
                min = "0",
                max = "100000")
        int gather$_$micros() default 2_000;

        @AttributeDefinition(description = "Hours after which the whole book is reckoned again", min = "1")
        int verify$_$interval$_$hours() default 24;

        @AttributeDefinition(description = "Whether to stay away if the book is wrong")
        boolean strict() default false;
    }

    private final Database database;
    private final Duration drainTimeout;
    private final Auditor auditor;
    private final ExecutorService tellers;
    private final Book book;
    private final Journal journal;
    private final Tables tables;

    @Activate
    public LedgerService(@Reference Databases databases, Config config) {
        this(
                databases,
                InstantSource.system(),
                Duration.ofMillis(config.drain$_$timeout$_$millis()),
                Duration.ofMillis(config.database$_$timeout$_$millis()),
                Duration.ofNanos(config.gather$_$micros() * 1_000L),
                config.strict());
        auditor.start(Duration.ofHours(config.verify$_$interval$_$hours()));
    }

    /**
     * A ledger beside any framework, which is verified when it is asked to be.
     *
     * @param drainTimeout how long {@link #deactivate} waits for holds
     * @param databaseTimeout how long the database may be away before writing fails
     */
    public LedgerService(Databases databases, InstantSource clock, Duration drainTimeout, Duration databaseTimeout) {
        this(databases, clock, drainTimeout, databaseTimeout, Duration.ofMillis(1), false);
    }

    /**
     * A ledger of which tests set all.
     *
     * @param distance of commits at the least, so that they are worth it
     * @param isStrict whether to refuse to open a book that is wrong
     */
    LedgerService(
            Databases databases,
            InstantSource clock,
            Duration drainTimeout,
            Duration databaseTimeout,
            Duration distance,
            boolean isStrict) {
        this.drainTimeout = drainTimeout;
        this.book = new Book(clock);
        try {
            database = databases.open("ledger", Scripts.beside(LedgerService.class));
        } catch (SQLException unusable) {
            throw unopenable(unusable);
        }
        auditor = new Auditor(database);
        tables = new Tables(database);
        try {
            if (isStrict) {
                auditor.insist();
            }
            book.load(tables.balances(), tables.spent());
        } catch (SQLException | IllegalStateException unusable) {
            auditor.close();
            database.close();
            throw unopenable(unusable);
        }
        tellers = Executors.newFixedThreadPool(TELLERS, task -> {
            var thread = new Thread(task, "patchbay-ledger-teller");
            thread.setDaemon(true);
            return thread;
        });
        journal = new Journal(database, book, tellers, distance, databaseTimeout);
        journal.start();
    }

    private static IllegalStateException unopenable(Exception reason) {
        log.error("The ledger can't be opened, so nothing will be charged or answered: {}", reason.getMessage());
        return new IllegalStateException("The ledger can't be opened: " + reason.getMessage(), reason);
    }

    @Override
    public CompletionStage<Transfer> post(Transfer transfer) {
        return journal.write(transfer, null);
    }

    @Override
    public HoldOutcome hold(HoldRequest request) {
        journal.requireWritable();
        return book.hold(request, journal);
    }

    @Override
    public Balance balance(String account) {
        return book.credit(account);
    }

    @Override
    public Money spent(String budget, Budget.Period period) {
        return book.spent(budget, period);
    }

    @Override
    public Optional<Transfer> transfer(String id) {
        try {
            return tables.find(id);
        } catch (SQLException failure) {
            throw unreadable(failure);
        }
    }

    @Override
    public List<Posted> transfers(TransferQuery query) {
        try {
            return tables.find(query);
        } catch (SQLException failure) {
            throw unreadable(failure);
        }
    }

    @Override
    public Money balance(LedgerAccount account, Instant time) {
        try {
            return tables.balance(account, time);
        } catch (SQLException failure) {
            throw unreadable(failure);
        }
    }

    @Override
    public List<Entry> balances() {
        return book.balances();
    }

    @Override
    public Audit verify() {
        try {
            return Verification.of(database);
        } catch (SQLException failure) {
            throw unreadable(failure);
        }
    }

    private static FailureException unreadable(SQLException failure) {
        log.warn("The ledger can't be read", failure);
        return Failure.of(FailureKind.UNAVAILABLE, "The ledger can't be read at the moment. Try again in a moment.")
                .toException();
    }

    /** Waits for holds to end and closes the book. */
    @Deactivate
    public void deactivate() {
        try {
            if (!book.awaitNoHolds(drainTimeout.toMillis())) {
                log.warn("Generations are still under way after {}; they will fail uncharged", drainTimeout);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        auditor.close();
        journal.close();
        tellers.shutdown();
        database.close();
    }
}
