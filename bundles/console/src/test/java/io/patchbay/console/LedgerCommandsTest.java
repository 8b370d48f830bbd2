package io.patchbay.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.api.billing.Bill;
import io.patchbay.api.billing.Billing;
import io.patchbay.api.billing.Deposit;
import io.patchbay.api.billing.Order;
import io.patchbay.api.failure.Failure;
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
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.karaf.shell.support.CommandException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerCommandsTest {
    private final Screen screen = new Screen();
    private final Book book = new Book();
    private final Till till = new Till();

    @Test
    void creditIsGivenAndTheBalanceShown() throws CommandException {
        var command = grant("12.50");
        command.id = "invoice-7";
        command.paid = true;

        command.print(screen.out());

        assertThat(till.deposits)
                .containsExactly(new Deposit("invoice-7", "acme", Money.ofDollars(new BigDecimal("12.50")), true, ""));
        assertThat(screen.text()).contains("invoice-7: acme has $70");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-5", "ten", "1e30", "0.0000000001"})
    void saysInOneLineWhatAnAmountIs(String dollars) {
        var command = grant(dollars);

        assertThatThrownBy(() -> command.print(screen.out()))
                .isInstanceOfSatisfying(
                        CommandException.class,
                        refusal -> assertThat(refusal.getNiceHelp())
                                .isEqualTo(
                                        "\"" + dollars + "\" is no amount of dollars above zero, such as 25 or 0.50."));
        assertThat(till.deposits).isEmpty();
    }

    @Test
    void saysWhyTheLedgerRefuses() {
        till.refusal = Failure.invalid("id", "The ledger has another transfer of the id x.");

        assertThatThrownBy(() -> grant("5").print(screen.out()))
                .isInstanceOfSatisfying(
                        CommandException.class,
                        refusal -> assertThat(refusal.getNiceHelp()).contains("another transfer"));
    }

    @Test
    void aLedgerThatIsRightIsCounted() throws CommandException {
        var command = new LedgerVerifyCommand();
        command.ledger = book;

        command.print(screen.out());

        assertThat(screen.text()).contains("The ledger is right: 3 transfers.");
    }

    @Test
    void aLedgerThatIsWrongFailsTheCommand() {
        book.differences = List.of("the balance of margin differs");
        var command = new LedgerVerifyCommand();
        command.ledger = book;

        assertThatThrownBy(() -> command.print(screen.out())).isInstanceOf(CommandException.class);
        assertThat(screen.text()).contains("the balance of margin differs");
    }

    @Test
    void listsTransfersOfAnAccount() throws CommandException {
        var command = new LedgerCommand();
        command.ledger = book;
        command.account = "credit/acme";
        command.bare = true;

        command.print(screen.out());

        assertThat(book.queries.get(0).account()).contains(LedgerAccount.credit("acme"));
        assertThat(screen.text()).contains("gen-1", "charge", "credit/acme -0.5, cost/groq 0.5");
    }

    @Test
    void saysWhatAccountsThereAre() {
        var command = new LedgerCommand();
        command.ledger = book;
        command.account = "bank";

        assertThatThrownBy(() -> command.print(screen.out()))
                .isInstanceOfSatisfying(
                        CommandException.class,
                        refusal -> assertThat(refusal.getNiceHelp()).contains("credit/NAME"));
    }

    @Test
    void listsBalancesWithWhatIsHeld() throws CommandException {
        var command = new BalancesCommand();
        command.ledger = book;
        command.bare = true;

        command.print(screen.out());

        assertThat(screen.lines().stream().map(line -> line.replace(" ", "").strip()))
                .containsExactly("cost/groq\t30", "credit/acme\t70\t2");
    }

    private CreditGrantCommand grant(String dollars) {
        var command = new CreditGrantCommand();
        command.account = "acme";
        command.dollars = dollars;
        command.billing = till;
        command.ledger = book;
        return command;
    }

    private static Money dollars(String amount) {
        return Money.ofDollars(new BigDecimal(amount));
    }

    private static Transfer transfer(String id, String amount) {
        return Transfer.builder(id, Transfer.Kind.CHARGE, Instant.EPOCH)
                .entry(LedgerAccount.credit("acme"), dollars(amount).negated())
                .entry(LedgerAccount.cost("groq"), dollars(amount))
                .build();
    }

    private static final class Till implements Billing {
        final List<Deposit> deposits = new ArrayList<>();
        private Failure refusal;

        @Override
        public Bill open(Order order) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Transfer> deposit(Deposit deposit) {
            if (refusal != null) {
                return CompletableFuture.failedStage(refusal.toException());
            }
            deposits.add(deposit);
            return CompletableFuture.completedStage(transfer(deposit.id(), "1"));
        }
    }

    private static final class Book implements Ledger {
        final List<TransferQuery> queries = new ArrayList<>();
        private List<String> differences = List.of();

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
}
