package io.patchbay.billing;

import io.patchbay.api.ledger.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/**
 * What is paid on top of credit: part of it, or a fixed sum, or both. Written {@code 5.5%}, {@code 0.80} (dollars) or
 * {@code 5.5% + 0.80}.
 *
 * @param share of the credit: 0.1 for ten percent
 * @param fixed dollars for each top-up
 */
record TopUpFee(BigDecimal share, BigDecimal fixed) {
    private static final String NUMBER = "(\\d{1,9}(?:\\.\\d{1,9})?)";
    private static final Pattern FORM = Pattern.compile("(?:" + NUMBER + "\\s*%)?\\s*\\+?\\s*(?:" + NUMBER + ")?");
    private static final int PERCENT = 2;

    /**
     * Reads a fee.
     *
     * @throws IllegalArgumentException if it is not written as one; the message says how they are
     */
    static TopUpFee parse(String text) {
        var match = FORM.matcher(text.strip());
        if (!match.matches()) {
            throw new IllegalArgumentException(
                    "top-up-fee: \"" + text + "\" is no fee; write 5.5%, 0.80 (dollars) or 5.5% + 0.80");
        }
        return new TopUpFee(number(match.group(1)).movePointLeft(PERCENT), number(match.group(2)));
    }

    /** What is paid on top of so much credit. */
    Money on(Money credit) {
        return Money.rounded(credit.dollars().multiply(share).add(fixed), RoundingMode.HALF_UP);
    }

    private static BigDecimal number(String digits) {
        return digits == null ? BigDecimal.ZERO : new BigDecimal(digits);
    }
}
