package io.patchbay.ledger;

import io.patchbay.api.database.Database;
import io.patchbay.api.ledger.Ledger.Audit;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reckons the book again at the start and from time to time, and raises the alarm in the log if it is wrong. */
final class Auditor implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Auditor.class);

    private final Database database;
    private final ScheduledExecutorService timer;

    Auditor(Database database) {
        this.database = database;
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            var thread = new Thread(task, "patchbay-ledger-auditor");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Reckons it once, and waits for that.
     *
     * @throws IllegalStateException if the book is wrong
     */
    void insist() throws SQLException {
        if (!isRight(Verification.of(database))) {
            throw new IllegalStateException(
                    "the ledger is wrong, and io.patchbay.ledger.cfg says strict = true; the log names each difference");
        }
    }

    /** Reckons it from now on, each time in the background. */
    void start(Duration interval) {
        var unused = timer.scheduleWithFixedDelay(this::audit, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void audit() {
        try {
            isRight(Verification.of(database));
        } catch (SQLException | RuntimeException unreadable) {
            if (!timer.isShutdown()) {
                log.warn("The ledger could not be verified: {}", unreadable.toString());
            }
        }
    }

    private static boolean isRight(Audit audit) {
        audit.differences().forEach(difference -> log.error("THE LEDGER IS WRONG: {}", difference));
        if (audit.differences().isEmpty()) {
            log.info("The ledger is right: {} transfers", audit.transfers());
        }
        return audit.differences().isEmpty();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
