package io.patchbay.ledger;

import io.patchbay.api.database.Database;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.ledger.Transfer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings transfers to disk: one thread takes all that have come while it was writing the ones before, and commits them
 * together. So a lone transfer waits for one commit, and a thousand share one. Commits keep a distance: to write ten costs
 * hardly more than to write one, and at a quick pace of single ones the machine would be busy with nothing else.
 *
 * <p>A commit that failed may have happened all the same. It is asked for again, which changes nothing if it has; if the
 * database stays away for too long, the transfers are told to have failed, and those that then turn out to be in the book
 * are reversed.
 */
final class Journal implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Journal.class);
    private static final int LARGEST_BATCH = 500;
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private static final Failure UNAVAILABLE = Failure.builder(
                    FailureKind.UNAVAILABLE, "The ledger can't be written at the moment. Try again in a moment.")
            .retryAfter(Duration.ofSeconds(5))
            .build();

    private final Database database;
    private final Tables tables;
    private final Book book;
    private final Executor tellers;
    private final Duration distance;
    private final Duration patience;
    private final Lock lock = new ReentrantLock();
    private final Condition isWorthWriting = lock.newCondition();
    /** Guarded by the lock, as is what follows. */
    private final Deque<Pending> queue = new ArrayDeque<>();

    /** How many have to be there for the thread to be woken. */
    private int enough = 1;

    private final List<Transfer> abandoned = new ArrayList<>();
    private final Thread thread;

    /** When the last batch was taken. */
    private long begunNanos;

    private @Nullable Appender appender;
    private boolean memoryIsBehind;
    private volatile boolean failing;
    private volatile boolean closing;

    private record Pending(Transfer transfer, @Nullable LiveHold hold, CompletableFuture<Transfer> done) {}

    /**
     * A journal; it writes once it is started.
     *
     * @param tellers tell those who wait what became of their transfers
     * @param distance of commits, from beginning to beginning, unless a batch is full before
     * @param patience how long the database may stay away before they are told that it is
     */
    Journal(Database database, Book book, Executor tellers, Duration distance, Duration patience) {
        this.database = database;
        this.tables = new Tables(database);
        this.book = book;
        this.tellers = tellers;
        this.distance = distance;
        this.begunNanos = System.nanoTime() - distance.toNanos();
        this.patience = patience;
        this.thread = new Thread(this::run, "patchbay-ledger");
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /**
     * Writes a transfer.
     *
     * @param hold what it was held by
     */
    CompletionStage<Transfer> write(Transfer transfer, @Nullable LiveHold hold) {
        var pending = new Pending(transfer, hold, new CompletableFuture<>());
        lock.lock();
        try {
            if (!closing) {
                queue.add(pending);
                if (queue.size() >= enough) {
                    isWorthWriting.signal();
                }
                return pending.done();
            }
        } finally {
            lock.unlock();
        }
        pending.done().completeExceptionally(UNAVAILABLE.toException());
        return pending.done();
    }

    /**
     * Finds out whether what is written now has a chance.
     *
     * @throws io.patchbay.api.failure.FailureException UNAVAILABLE if it has not
     */
    void requireWritable() {
        if (failing || closing) {
            throw UNAVAILABLE.toException();
        }
    }

    private void run() {
        while (true) {
            var batch = List.<Pending>of();
            try {
                batch = take();
                if (!batch.isEmpty()) {
                    write(batch);
                } else if (closing) {
                    return;
                } else if (failing) {
                    recover();
                }
                book.expire();
            } catch (InterruptedException nobodyDoesThat) {
                log.debug("Interrupted", nobodyDoesThat);
            } catch (RuntimeException defect) {
                log.error("The ledger's journal failed", defect);
                fail(batch, defect);
            }
        }
    }

    /** Takes all that wait to be written, or a batch of them; none if none come within a second, or any more. */
    private List<Pending> take() throws InterruptedException {
        lock.lock();
        try {
            await(1, IDLE_NANOS);
            await(LARGEST_BATCH, begunNanos + distance.toNanos() - System.nanoTime());
            var batch = new ArrayList<Pending>(queue.size());
            while (!queue.isEmpty() && batch.size() < LARGEST_BATCH) {
                batch.add(queue.remove());
            }
            begunNanos = batch.isEmpty() ? begunNanos : System.nanoTime();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until so many are there, for some time at the most. */
    private void await(int count, long nanos) throws InterruptedException {
        enough = count;
        long left = nanos;
        while (queue.size() < count && !closing && left > 0) {
            left = isWorthWriting.awaitNanos(left);
        }
    }

    private void write(List<Pending> batch) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        var transfers = batch.stream().map(Pending::transfer).toList();
        var pause = FIRST_PAUSE;
        while (true) {
            try {
                var added = appender().append(transfers);
                written(batch, added);
                return;
            } catch (SQLException failure) {
                discardAppender();
                if (failing || closing || System.nanoTime() - deadline > 0) {
                    abandon(batch, failure);
                    return;
                }
                log.warn("Writing {} transfers failed; trying again: {}", batch.size(), failure.toString());
                Thread.sleep(pause.toMillis());
                pause = pause.multipliedBy(2);
                pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
            }
        }
    }

    private void written(List<Pending> batch, BitSet added) throws SQLException {
        var earlier = new ArrayList<@Nullable Transfer>();
        var news = new ArrayList<Transfer>();
        var ended = new ArrayList<LiveHold>();
        for (int i = 0; i < batch.size(); i++) {
            var one = batch.get(i);
            if (added.get(i)) {
                news.add(one.transfer());
                earlier.add(one.transfer());
            } else {
                earlier.add(tables.find(one.transfer().id()).orElse(null));
            }
            if (one.hold() != null) {
                ended.add(one.hold());
            }
        }
        if (memoryIsBehind) {
            reload();
            news.clear();
        }
        book.apply(news, ended);
        failing = false;
        var told = List.copyOf(batch);
        tellers.execute(() -> {
            for (int i = 0; i < told.size(); i++) {
                tell(told.get(i), earlier.get(i));
            }
        });
    }

    private static void tell(Pending one, @Nullable Transfer inTheBook) {
        if (inTheBook != null && inTheBook.movesAs(one.transfer())) {
            one.done().complete(inTheBook);
        } else {
            one.done()
                    .completeExceptionally(Failure.invalid(
                                    "id",
                                    "The ledger has another transfer of the id "
                                            + one.transfer().id() + '.')
                            .toException());
        }
    }

    private void abandon(List<Pending> batch, SQLException failure) {
        if (!failing) {
            log.error("The ledger can't be written; generations are refused until it can", failure);
        }
        failing = true;
        batch.forEach(one -> abandoned.add(one.transfer()));
        fail(batch, UNAVAILABLE.toException());
    }

    private void fail(List<Pending> batch, RuntimeException reason) {
        var told = List.copyOf(batch);
        told.forEach(one -> {
            if (one.hold() != null) {
                book.end(one.hold());
            }
        });
        tellers.execute(() -> told.forEach(one -> one.done().completeExceptionally(reason)));
    }

    /** Looks whether the database is back. */
    private void recover() {
        try {
            appender();
            reload();
            for (var transfer : List.copyOf(abandoned)) {
                if (tables.find(transfer.id()).isPresent()) {
                    write(reversal(transfer), null);
                }
                abandoned.remove(transfer);
            }
            failing = false;
            log.info("The ledger can be written again");
        } catch (SQLException still) {
            log.debug("The ledger's database is still away", still);
            discardAppender();
        }
    }

    private static Transfer reversal(Transfer transfer) {
        var reversal = Transfer.builder(transfer.id() + ":reversed", Transfer.Kind.ADJUSTMENT, transfer.created())
                .budget(transfer.budget().orElse(""))
                .details("{\"reason\":\"told to have failed\"}");
        transfer.entries()
                .forEach(entry -> reversal.entry(entry.account(), entry.amount().negated()));
        return reversal.build();
    }

    private void reload() throws SQLException {
        book.load(tables.balances(), tables.spent());
        memoryIsBehind = false;
    }

    private Appender appender() throws SQLException {
        var open = appender;
        if (open == null) {
            open = Appender.open(database);
            appender = open;
        }
        return open;
    }

    private void discardAppender() {
        memoryIsBehind = true;
        var broken = appender;
        appender = null;
        if (broken != null) {
            close(broken);
        }
    }

    private static void close(Appender broken) {
        try {
            broken.close();
        } catch (SQLException failure) {
            log.debug("The ledger's connection could not be closed", failure);
        }
    }

    /** Takes no more transfers, and returns when those that it has are written. */
    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            isWorthWriting.signal();
        } finally {
            lock.unlock();
        }
        try {
            thread.join(patience.toMillis() + LONGEST_PAUSE.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        discardAppender();
    }
}
