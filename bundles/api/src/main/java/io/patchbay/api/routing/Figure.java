package io.patchbay.api.routing;

/**
 * Writes numbers into reasons. A route has a reason for each endpoint, most of which nobody reads: this takes a tenth of
 * the time of {@link String#format}.
 */
public final class Figure {
    private static final long[] POWERS = {1, 10, 100, 1_000};

    private Figure() {}

    /**
     * Rounds a number and writes it in decimal.
     *
     * @param number 0 or more; what is beyond 10¹⁵ is written as that
     * @param decimals after the point, 0 to 3
     */
    public static String of(double number, int decimals) {
        return append(number, decimals, new StringBuilder(16)).toString();
    }

    /** The same, at the end of a text. */
    public static StringBuilder append(double number, int decimals, StringBuilder text) {
        long power = POWERS[decimals];
        long scaled = Math.round(Math.min(number, 1e15) * power);
        text.append(scaled / power);
        if (decimals > 0) {
            text.append('.');
        }
        for (long digit = power / 10; digit > 0; digit /= 10) {
            text.append((char) ('0' + scaled / digit % 10));
        }
        return text;
    }
}
