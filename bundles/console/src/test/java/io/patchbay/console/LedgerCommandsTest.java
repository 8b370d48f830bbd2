package io.patchbay.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.api.billing.Bill;
import io.patchbay.api.billing.Billing;
import io.patchbay.api.billing.Deposit;
import io.patchbay.api.billing.Order;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.ledger.LedgerAccount;
import io.patchbay.api.ledger.Money;
import io.patchbay.api.ledger.Transfer;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.karaf.shell.support.CommandException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerCommandsTest {
    private final Screen screen = new Screen();
    private final FakeLedger book = new FakeLedger();
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

    @Test
    void nobodyGivesCreditToAnAccountThatIsNotThere() {
        var command = grant("5");
        command.account = "amce";

        assertThatThrownBy(() -> command.print(screen.out()))
                .isInstanceOfSatisfying(
                        CommandException.class,
                        refusal -> assertThat(refusal.getNiceHelp()).contains("There is no account \"amce\""));
    }

    private CreditGrantCommand grant(String dollars) {
        var command = new CreditGrantCommand();
        var access = new FakeAccess();
        access.create("acme", account -> account.name("Acme"));
        command.accounts = access;
        command.account = "acme";
        command.dollars = dollars;
        command.billing = till;
        command.ledger = book;
        return command;
    }

    static Money dollars(String amount) {
        return Money.ofDollars(new BigDecimal(amount));
    }

    static Transfer transfer(String id, String amount) {
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
}
