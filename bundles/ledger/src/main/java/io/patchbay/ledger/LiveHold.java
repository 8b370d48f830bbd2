package io.patchbay.ledger;

import io.patchbay.api.ledger.Hold;
import io.patchbay.api.ledger.HoldRequest;
import io.patchbay.api.ledger.Money;
import io.patchbay.api.ledger.Transfer;
import java.time.Instant;
import java.util.concurrent.CompletionStage;

/** A hold; the book knows whether it is still one, and guards its amount. */
final class LiveHold implements Hold {
    final HoldRequest request;
    final Instant expires;
    /** Guarded by the book. */
    volatile Money amount = Money.ZERO;

    private final Book book;
    private final Journal journal;

    LiveHold(Book book, Journal journal, HoldRequest request, Instant expires) {
        this.book = book;
        this.journal = journal;
        this.request = request;
        this.expires = expires;
    }

    @Override
    public Money amount() {
        return amount;
    }

    @Override
    public Money raise(Money wanted) {
        return book.raise(this, wanted);
    }

    @Override
    public Money reach() {
        return book.reach(this);
    }

    @Override
    public CompletionStage<Transfer> capture(Transfer transfer) {
        return journal.write(transfer, this);
    }

    @Override
    public void release() {
        book.end(this);
    }
}
