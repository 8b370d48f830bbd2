package io.patchbay.api.replay;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/**
 * How generations were routed and how they would have been. Both sides are reckoned in the same way: with today's prices,
 * and with what was known of endpoints at the time of each generation.
 *
 * @param generations how many were compared
 * @param skipped how many could not be: nobody was asked, or those who were are not in the catalogue any more
 * @param refused how many nobody might have served
 * @param asItWas with the endpoints that were asked first
 * @param asItWouldBe with those that would have been
 */
public record Comparison(long generations, long skipped, long refused, Summary asItWas, Summary asItWouldBe) {
    /**
     * One side.
     *
     * @param dollars what providers ask for all of it
     * @param firstToken the median of the seconds to the first token that were usual at the endpoint at that time, of
     *     streams; empty if nothing is known
     * @param failing the share of first attempts that would have failed, from 0 to 1, as endpoints failed at that time
     * @param byProvider how many generations would have gone to which provider first
     */
    public record Summary(
            BigDecimal dollars, Optional<BigDecimal> firstToken, BigDecimal failing, Map<String, Long> byProvider) {
        /** Copies the map. */
        public Summary {
            byProvider = Map.copyOf(byProvider);
        }
    }
}
