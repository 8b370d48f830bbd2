package io.patchbay.api.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** The book. For any thread. */
@ProviderType
public interface Ledger {
    /**
     * Moves money, once for each id. Does not block.
     *
     * @return completes when the transfer is on disk, with the one of this id that came first; fails with a
     *     {@link io.patchbay.api.failure.FailureException}: INVALID_REQUEST if that one is another one, UNAVAILABLE if
     *     the book can't be written
     */
    CompletionStage<Transfer> post(Transfer transfer);

    /**
     * Holds credit, if there is enough. Does not block.
     *
     * @throws io.patchbay.api.failure.FailureException UNAVAILABLE if the book can't be written at the moment
     */
    HoldOutcome hold(HoldRequest request);

    /** What an account has; nothing if the book does not know it. Does not block. */
    Balance balance(String account);

    /** What has been spent from a budget in its period that is now. Does not block. */
    Money spent(String budget, Budget.Period period);

    /** What counts of a budget in its period that is now. Does not block. */
    default Money spent(Budget budget) {
        return budget.counted(this::spent);
    }

    /** A transfer by its id. Blocks. */
    Optional<Transfer> transfer(String id);

    /** Transfers, the newest first. Blocks. */
    List<Posted> transfers(TransferQuery query);

    /**
     * Hands over all transfers that a query is about, the newest first, page by page: its limit is the size of a page.
     * Blocks, for long if there are many.
     */
    default void each(TransferQuery query, Consumer<Transfer> consumer) {
        var page = transfers(query);
        while (!page.isEmpty()) {
            page.forEach(posted -> consumer.accept(posted.transfer()));
            page = page.size() < query.limit()
                    ? List.of()
                    : transfers(query.before(page.get(page.size() - 1).sequence()));
        }
    }

    /**
     * What a ledger account had at a time, by the transfers made before it. Blocks, for long if there are many of them.
     */
    Money balance(LedgerAccount account, Instant time);

    /** What every ledger account has. Does not block. */
    List<Entry> balances();

    /** Reckons the whole book again. Blocks, for long if the book is long. */
    Audit verify();

    /**
     * A transfer in its place.
     *
     * @param sequence grows with each transfer
     */
    record Posted(long sequence, Transfer transfer) {}

    /**
     * What became of a verification.
     *
     * @param transfers how many there are
     * @param differences what is wrong, for people; empty if nothing is
     */
    record Audit(long transfers, List<String> differences) {
        /** Copies the list. */
        public Audit {
            differences = List.copyOf(differences);
        }
    }
}
