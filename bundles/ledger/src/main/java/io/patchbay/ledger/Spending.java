package io.patchbay.ledger;

import io.patchbay.api.ledger.Budget.Period;
import io.patchbay.api.ledger.Money;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.EnumMap;
import java.util.Map;

/** What has been spent from a budget, period by period. For one thread. */
final class Spending {
    private final Map<Period, Spent> latest = new EnumMap<>(Period.class);

    private record Spent(LocalDate since, Money amount) {}

    /** So much more was spent on that UTC day. */
    void add(LocalDate day, Money amount) {
        for (var period : Period.values()) {
            var since = begin(period, day);
            latest.merge(period, new Spent(since, amount), Spending::later);
        }
    }

    /** What was spent in the period that the day is in. */
    Money in(Period period, LocalDate day) {
        var spent = latest.get(period);
        return spent == null || !spent.since().equals(begin(period, day)) ? Money.ZERO : spent.amount();
    }

    private static Spent later(Spent one, Spent other) {
        int order = one.since().compareTo(other.since());
        if (order == 0) {
            return new Spent(one.since(), one.amount().plus(other.amount()));
        }
        return order > 0 ? one : other;
    }

    private static LocalDate begin(Period period, LocalDate day) {
        return switch (period) {
            case ALWAYS -> LocalDate.EPOCH;
            case DAY -> day;
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> day.withDayOfMonth(1);
        };
    }
}
