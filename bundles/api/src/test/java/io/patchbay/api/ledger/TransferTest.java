package io.patchbay.api.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransferTest {
    private static final LedgerAccount ACME = LedgerAccount.credit("acme");
    private static final LedgerAccount GROQ = LedgerAccount.cost("groq");

    private static Transfer.Builder charge(long nanos) {
        return Transfer.builder("gen-1", Transfer.Kind.CHARGE, Instant.ofEpochMilli(1_000))
                .entry(ACME, new Money(-nanos))
                .entry(GROQ, new Money(nanos));
    }

    @Test
    void takesAsMuchAsItGives() {
        var unbalanced = charge(5).entry(LedgerAccount.MARGIN, new Money(1));

        assertThatThrownBy(unbalanced::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("gen-1");
    }

    @Test
    void knowsWhatTheCustomerPays() {
        assertThat(charge(5).build().debit()).isEqualTo(new Money(5));
    }

    @Test
    void leavesOutLegsOfNothingAndRefusesAnAccountTwice() {
        assertThat(charge(0).build().entries()).isEmpty();
        assertThatThrownBy(() -> charge(5).entry(ACME, new Money(1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void movesAsAnotherWhateverItsTimeAndDetails() {
        var later = Transfer.builder("gen-1", Transfer.Kind.CHARGE, Instant.EPOCH)
                .entry(GROQ, new Money(5))
                .entry(ACME, new Money(-5))
                .details("{\"again\":true}")
                .build();

        assertThat(later.movesAs(charge(5).build())).isTrue();
        assertThat(later.movesAs(charge(6).build())).isFalse();
        assertThat(later.movesAs(charge(5).budget("key").build())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "with space", "new\nline", "ümlaut"})
    void refusesIdsThatNobodyCanRead(String id) {
        assertThatThrownBy(() -> Transfer.builder(id, Transfer.Kind.GRANT, Instant.EPOCH))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"credit/acme", "cost/groq", "margin", "write_off", "payments"})
    void accountsAreReadAsTheyAreWritten(String written) {
        assertThat(LedgerAccount.parse(written)).hasToString(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"credit", "margin/acme", "bank/acme", "credit/"})
    void accountsWithTheWrongOwnerAreRefused(String written) {
        assertThatThrownBy(() -> LedgerAccount.parse(written)).isInstanceOf(IllegalArgumentException.class);
    }
}
