package io.patchbay.strategy.price;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.Price;
import io.patchbay.api.routing.Candidate;
import io.patchbay.api.routing.RoutingStrategy;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.osgi.service.component.annotations.Component;

/**
 * Draws the first endpoint at random, weighted by the inverse square of its price, as OpenRouter documents it: one at a
 * third of the price is drawn nine times as often. The rest follow by price, as fallbacks. An unknown price may be any
 * price: such endpoints come last, and are drawn from only if no price is known at all.
 */
@Component(property = RoutingStrategy.NAME + "=price")
public final class PriceStrategy implements RoutingStrategy {
    /** Output is what costs: a typical chat reads three tokens for each it writes. */
    private static final int PROMPT_TOKENS_PER_COMPLETION_TOKEN = 3;
    /** Dollars per token below which prices count as equal, so that a free endpoint's weight is finite. */
    private static final double LEAST = 1e-9;

    @Override
    public List<Candidate> order(List<Endpoint> endpoints, RandomGenerator die) {
        if (endpoints.size() == 1) {
            return List.of(new Candidate(endpoints.get(0), 1, "the only endpoint"));
        }
        var byPrice = new ArrayList<Candidate>(endpoints.size());
        double weightOfUnknown =
                endpoints.stream().allMatch(endpoint -> endpoint.price().isEmpty()) ? 1 : 0;
        double total = 0;
        for (var endpoint : endpoints) {
            var weighted = endpoint.price()
                    .map(price -> new Candidate(endpoint, weight(price), "by price"))
                    .orElseGet(() -> new Candidate(endpoint, weightOfUnknown, "price unknown"));
            total += weighted.score();
            byPrice.add(weighted);
        }
        byPrice.sort(Comparator.comparingDouble(Candidate::score).reversed());
        int first = draw(byPrice, die.nextDouble() * total);
        byPrice.add(0, byPrice.remove(first));
        return shares(byPrice, total);
    }

    private static int draw(List<Candidate> weighted, double point) {
        double passed = 0;
        for (int i = 0; i < weighted.size(); i++) {
            passed += weighted.get(i).score();
            if (point < passed) {
                return i;
            }
        }
        // Rounding: the sum in another order was a little larger.
        return 0;
    }

    /** Turns weights into the share of requests that each endpoint gets. */
    private static List<Candidate> shares(List<Candidate> weighted, double total) {
        return weighted.stream()
                .map(candidate -> new Candidate(candidate.endpoint(), candidate.score() / total, candidate.reason()))
                .toList();
    }

    private static double weight(Price price) {
        double dollars = Math.max(LEAST, blended(price).doubleValue());
        return 1 / (dollars * dollars);
    }

    private static BigDecimal blended(Price price) {
        return price.prompt()
                .multiply(BigDecimal.valueOf(PROMPT_TOKENS_PER_COMPLETION_TOKEN))
                .add(price.completion());
    }
}
