package io.patchbay.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.ledger.Budget.Period;
import io.patchbay.api.ledger.Money;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpendingTest {
    private final Spending spending = new Spending();

    @ParameterizedTest
    @CsvSource({
        "2026-11-27, ALWAYS, 31",
        "2026-11-27, DAY, 16",
        "2026-11-27, WEEK, 24",
        "2026-11-27, MONTH, 28",
        "2026-11-28, DAY, 0",
        "2026-11-28, WEEK, 24",
        "2026-11-30, WEEK, 0",
        "2026-11-30, MONTH, 28",
        "2026-12-01, MONTH, 0",
        "2027-11-27, ALWAYS, 31"
    })
    void beginsAnewWithEachPeriod(LocalDate today, Period period, long expected) {
        add("2026-10-31", 1);
        add("2026-10-01", 2);
        add("2026-11-22", 4);
        add("2026-11-23", 8);
        add("2026-11-27", 16);

        assertThat(spending.in(period, today)).isEqualTo(new Money(expected));
    }

    @Test
    void comesToTheSameInAnyOrder() {
        add("2026-11-27", 16);
        add("2026-11-23", 8);
        add("2026-10-31", 1);

        var today = LocalDate.parse("2026-11-27");
        assertThat(spending.in(Period.WEEK, today)).isEqualTo(new Money(24));
        assertThat(spending.in(Period.DAY, today)).isEqualTo(new Money(16));
    }

    @Test
    void isNothingAtFirst() {
        assertThat(spending.in(Period.ALWAYS, LocalDate.EPOCH)).isEqualTo(Money.ZERO);
    }

    private void add(String day, long nanos) {
        spending.add(LocalDate.parse(day), new Money(nanos));
    }
}
