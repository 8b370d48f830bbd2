package io.patchbay.api.ledger;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which transfers. Immutable. */
public final class TransferQuery {
    /** The most on a page. */
    public static final int LARGEST_PAGE = 1_000;

    /** After every transfer, and yet a number of milliseconds. */
    private static final Instant LATEST = Instant.ofEpochMilli(Long.MAX_VALUE);

    private final int limit;
    private final long before;
    private final @Nullable LedgerAccount account;
    private final Instant from;
    private final Instant until;
    private final boolean charges;

    private TransferQuery(
            int limit, long before, @Nullable LedgerAccount account, Instant from, Instant until, boolean charges) {
        this.limit = limit;
        this.before = before;
        this.account = account;
        this.from = from;
        this.until = until;
        this.charges = charges;
    }

    /** The latest ones; 1 to {@value #LARGEST_PAGE}. */
    public static TransferQuery latest(int limit) {
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw new IllegalArgumentException("a page of " + limit);
        }
        return new TransferQuery(limit, Long.MAX_VALUE, null, Instant.EPOCH, LATEST, true);
    }

    /** Of these, those that came before another one. */
    public TransferQuery before(long sequence) {
        return new TransferQuery(limit, sequence, account, from, until, charges);
    }

    /** Of these, those with an entry of that account. */
    public TransferQuery of(LedgerAccount side) {
        return new TransferQuery(limit, before, side, from, until, charges);
    }

    /** Of these, those that were made within a time; its end is not in it. */
    public TransferQuery within(Instant start, Instant end) {
        return new TransferQuery(limit, before, account, start, end, charges);
    }

    /** Of these, those that are no charges. */
    public TransferQuery withoutCharges() {
        return new TransferQuery(limit, before, account, from, until, false);
    }

    /** How many at the most. */
    public int limit() {
        return limit;
    }

    /** Their sequence numbers are smaller than this one. */
    public long before() {
        return before;
    }

    /** See {@link #of}. */
    public Optional<LedgerAccount> account() {
        return Optional.ofNullable(account);
    }

    /** They were made then or later. */
    public Instant from() {
        return from;
    }

    /** They were made before. */
    public Instant until() {
        return until;
    }

    /** Whether charges are among them. */
    public boolean charges() {
        return charges;
    }
}
