package io.patchbay.billing;

import io.patchbay.api.chat.Usage;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What the operator asks on top of a provider's price: part of the price, or so much for each unit, or both. Written
 * {@code 10%}, {@code 0.50/M} (dollars for a million tokens), {@code 0.001/request}, or several of them with {@code +}.
 *
 * @param share of the cost: 0.1 for ten percent
 * @param perToken dollars for each token
 * @param perRequest dollars for each generation
 */
record Margin(BigDecimal share, BigDecimal perToken, BigDecimal perRequest) {
    /** Nothing on top. */
    static final Margin NONE = new Margin(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

    private static final Pattern PART = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,12})?)\\s*(%|/m|/request)");
    private static final int PERCENT = 2;
    private static final int MILLION = 6;

    /**
     * Reads a margin.
     *
     * @throws IllegalArgumentException if it is not written as one; the message says how they are
     */
    static Margin parse(String text) {
        var margin = NONE;
        for (var part : text.toLowerCase(Locale.ROOT).split("\\+", -1)) {
            margin = margin.plus(part(part.strip(), text));
        }
        return margin;
    }

    /** What it comes to, in dollars, not rounded. */
    BigDecimal on(BigDecimal cost, Usage usage) {
        var tokens = BigDecimal.valueOf(usage.promptTokens() + usage.completionTokens());
        return cost.multiply(share).add(perToken.multiply(tokens)).add(perRequest);
    }

    private static Margin part(String part, String text) {
        var match = PART.matcher(part);
        if (!match.matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no margin; write 10%, 0.50/M, 0.001/request, or several with +");
        }
        var number = new BigDecimal(match.group(1));
        return switch (match.group(2)) {
            case "%" -> new Margin(number.movePointLeft(PERCENT), BigDecimal.ZERO, BigDecimal.ZERO);
            case "/m" -> new Margin(BigDecimal.ZERO, number.movePointLeft(MILLION), BigDecimal.ZERO);
            default -> new Margin(BigDecimal.ZERO, BigDecimal.ZERO, number);
        };
    }

    private Margin plus(Margin other) {
        return new Margin(share.add(other.share), perToken.add(other.perToken), perRequest.add(other.perRequest));
    }
}
