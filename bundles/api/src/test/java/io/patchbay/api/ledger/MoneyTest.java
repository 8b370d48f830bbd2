package io.patchbay.api.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoneyTest {
    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0.000000001", "-1500000000, -1.5", "100000000000, 100", "1250000, 0.00125"})
    void isWrittenInDollars(long nanos, String dollars) {
        assertThat(new Money(nanos)).hasToString(dollars);
        assertThat(Money.ofDollars(new BigDecimal(dollars))).isEqualTo(new Money(nanos));
    }

    @Test
    void isNeverRoundedUnasked() {
        var tooFine = new BigDecimal("0.0000000015");

        assertThatThrownBy(() -> Money.ofDollars(tooFine)).isInstanceOf(ArithmeticException.class);
        assertThat(Money.rounded(tooFine, RoundingMode.HALF_UP)).isEqualTo(new Money(2));
    }

    @Test
    void refusesToOverflow() {
        var most = new Money(Long.MAX_VALUE);

        assertThatThrownBy(() -> most.plus(new Money(1))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> new Money(Long.MIN_VALUE).negated()).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Money.ofDollars(new BigDecimal("1e10"))).isInstanceOf(ArithmeticException.class);
    }
}
