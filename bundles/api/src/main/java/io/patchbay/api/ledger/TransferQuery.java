package io.patchbay.api.ledger;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which transfers. Immutable. */
public final class TransferQuery {
    /** The most on a page. */
    public static final int LARGEST_PAGE = 1_000;

    private final int limit;
    private final long before;
    private final @Nullable LedgerAccount account;

    private TransferQuery(int limit, long before, @Nullable LedgerAccount account) {
        this.limit = limit;
        this.before = before;
        this.account = account;
    }

    /** The latest ones; 1 to {@value #LARGEST_PAGE}. */
    public static TransferQuery latest(int limit) {
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw new IllegalArgumentException("a page of " + limit);
        }
        return new TransferQuery(limit, Long.MAX_VALUE, null);
    }

    /** Of these, those that came before another one. */
    public TransferQuery before(long sequence) {
        return new TransferQuery(limit, sequence, account);
    }

    /** Of these, those with an entry of that account. */
    public TransferQuery of(LedgerAccount side) {
        return new TransferQuery(limit, before, side);
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
}
