package io.patchbay.api.catalog;

import java.math.BigDecimal;

/**
 * What an endpoint's provider asks, in exact US dollars.
 *
 * @param prompt for one prompt token
 * @param completion for one completion token
 * @param request for one request, whatever its size
 */
public record Price(BigDecimal prompt, BigDecimal completion, BigDecimal request) {
    /** Costs nothing. */
    public static final Price FREE = new Price(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

    /** A price as providers print it: dollars for a million tokens. */
    public static Price perMillionTokens(BigDecimal prompt, BigDecimal completion) {
        return new Price(prompt.divide(MILLION), completion.divide(MILLION), BigDecimal.ZERO);
    }

    /** Checks that no price is below zero. */
    public Price {
        if (prompt.signum() < 0 || completion.signum() < 0 || request.signum() < 0) {
            throw new IllegalArgumentException("a price below zero");
        }
    }
}
