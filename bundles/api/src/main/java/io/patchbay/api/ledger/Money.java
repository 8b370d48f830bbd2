package io.patchbay.api.ledger;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An amount of US dollars, exact to a billionth of one; it may be below zero. Arithmetic beyond some nine billion dollars
 * is an {@link ArithmeticException}.
 *
 * @param nanos billionths of a dollar
 */
public record Money(long nanos) implements Comparable<Money> {
    /** No dollars. */
    public static final Money ZERO = new Money(0);

    private static final int DECIMALS = 9;

    /**
     * An amount given in dollars.
     *
     * @throws ArithmeticException if it is finer than a billionth, or too large
     */
    public static Money ofDollars(BigDecimal dollars) {
        return rounded(dollars, RoundingMode.UNNECESSARY);
    }

    /** An amount given in dollars, rounded to a billionth. */
    public static Money rounded(BigDecimal dollars, RoundingMode mode) {
        return new Money(dollars.setScale(DECIMALS, mode).unscaledValue().longValueExact());
    }

    /** Both together. */
    public Money plus(Money other) {
        return new Money(Math.addExact(nanos, other.nanos));
    }

    /** What is left of this without the other. */
    public Money minus(Money other) {
        return new Money(Math.subtractExact(nanos, other.nanos));
    }

    /** As much in the other direction. */
    public Money negated() {
        return new Money(Math.negateExact(nanos));
    }

    /** The smaller of the two. */
    public Money min(Money other) {
        return nanos <= other.nanos ? this : other;
    }

    /** The larger of the two. */
    public Money max(Money other) {
        return nanos >= other.nanos ? this : other;
    }

    /** Whether it is neither above nor below zero. */
    public boolean isZero() {
        return nanos == 0;
    }

    /** Whether it is above zero. */
    public boolean isPositive() {
        return nanos > 0;
    }

    /** Whether it is below zero. */
    public boolean isNegative() {
        return nanos < 0;
    }

    /** Whether it is more than the other. */
    public boolean exceeds(Money other) {
        return nanos > other.nanos;
    }

    /** In dollars, without trailing zeros: {@code 0.00125}. */
    public BigDecimal dollars() {
        var dollars = BigDecimal.valueOf(nanos, DECIMALS).stripTrailingZeros();
        return dollars.scale() < 0 ? dollars.setScale(0) : dollars;
    }

    @Override
    public int compareTo(Money other) {
        return Long.compare(nanos, other.nanos);
    }

    /** As {@link #dollars()}. */
    @Override
    public String toString() {
        return dollars().toPlainString();
    }
}
