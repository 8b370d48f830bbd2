package io.patchbay.console;

import static io.patchbay.console.LedgerCommandsTest.dollars;

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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A book in which acme has $70. */
final class FakeLedger implements Ledger {
    final List<TransferQuery> queries = new ArrayList<>();
    List<String> differences = List.of();

    @Override
    public CompletionStage<Transfer> post(Transfer transfer) {
        throw new UnsupportedOperationException();
    }

    @Override
    public HoldOutcome hold(HoldRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Balance balance(String account) {
        return new Balance(dollars("70"), dollars("2"));
    }

    @Override
    public Money spent(String budget, Budget.Period period) {
        return Money.ZERO;
    }

    @Override
    public Optional<Transfer> transfer(String id) {
        return Optional.empty();
    }

    @Override
    public List<Posted> transfers(TransferQuery query) {
        queries.add(query);
        return List.of(new Posted(1, LedgerCommandsTest.transfer("gen-1", "0.5")));
    }

    @Override
    public Money balance(LedgerAccount account, Instant time) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Entry> balances() {
        return List.of(
                new Entry(LedgerAccount.credit("acme"), dollars("70")),
                new Entry(LedgerAccount.cost("groq"), dollars("30")));
    }

    @Override
    public Audit verify() {
        return new Audit(3, differences);
    }
}
