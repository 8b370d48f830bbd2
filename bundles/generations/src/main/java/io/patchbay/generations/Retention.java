package io.patchbay.generations;

import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes records that are older than they are to be kept; a few with each commit, so that nobody waits for long. */
final class Retention implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Retention.class);
    private static final int BATCH = 500;
    private static final Duration INTERVAL = Duration.ofHours(1);
    private static final long PATIENCE_SECONDS = 5;

    private final Tables tables;
    private final InstantSource clock;
    private final Duration kept;
    private final ScheduledExecutorService timer;

    /** Begins at once. */
    Retention(Tables tables, InstantSource clock, Duration kept) {
        this.tables = tables;
        this.clock = clock;
        this.kept = kept;
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            var thread = new Thread(task, "patchbay-generations-retention");
            thread.setDaemon(true);
            return thread;
        });
        var unused = timer.scheduleWithFixedDelay(this::run, 0, INTERVAL.toMinutes(), TimeUnit.MINUTES);
    }

    private void run() {
        var before = clock.instant().minus(kept);
        try {
            long deleted = 0;
            int last = BATCH;
            while (last == BATCH && !timer.isShutdown()) {
                last = tables.deleteBefore(before, BATCH);
                deleted += last;
            }
            if (deleted > 0) {
                log.info("{} generations from before {} are deleted", deleted, before);
            }
        } catch (SQLException failure) {
            log.warn("Old generations can't be deleted; trying again in an hour: {}", failure.toString());
        }
    }

    /** Waits for the commit that is under way. */
    @Override
    public void close() {
        timer.shutdown();
        try {
            if (!timer.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                log.debug("To delete old generations takes long; it is broken off");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
