package io.patchbay.strategy.price;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.health.Span;
import io.patchbay.api.health.Window;
import io.patchbay.api.routing.Candidate;
import io.patchbay.api.routing.EffectivePrice;
import io.patchbay.api.routing.RoutingContext;
import io.patchbay.api.routing.RoutingStrategy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/**
 * Draws the first endpoint at random, weighted by the inverse square of what the request would cost there, as OpenRouter
 * documents it: one at a third of the price is drawn nine times as often. The rest follow by price, as fallbacks. An
 * unknown price may be any price: such endpoints come last, and are drawn from only if no price is known at all.
 *
 * <p>A low price is worth nothing if no answer comes. Endpoints that have failed more often than not in the last half
 * minute, or are {@link Slowness far slower than the others}, are drawn only if all are.
 */
@Component(property = RoutingStrategy.NAME + "=price")
public final class PriceStrategy implements RoutingStrategy {
    /** Dollars for a request below which prices count as equal, so that a free endpoint's weight is finite. */
    private static final double LEAST = 1e-6;
    /** Fewer failures than these may be chance. */
    private static final int MANY_FAILURES = 3;

    @Override
    public List<Candidate> order(List<Endpoint> endpoints, RoutingContext context) {
        if (endpoints.size() == 1) {
            return List.of(new Candidate(endpoints.get(0), 1, "the only endpoint"));
        }
        var windows = new ArrayList<Window>(endpoints.size());
        for (var endpoint : endpoints) {
            windows.add(context.window(endpoint, Span.FIVE_MINUTES));
        }
        var slowness = Slowness.among(windows);
        var sound = new ArrayList<Endpoint>(endpoints.size());
        var unsound = new ArrayList<Candidate>();
        for (int i = 0; i < endpoints.size(); i++) {
            var endpoint = endpoints.get(i);
            if (isFailing(endpoint, context)) {
                unsound.add(new Candidate(endpoint, 0, "failing in the last half minute"));
            } else if (slowness.isFarSlower(windows.get(i))) {
                unsound.add(new Candidate(endpoint, 0, "far slower than the others"));
            } else {
                sound.add(endpoint);
            }
        }
        if (sound.isEmpty()) {
            return drawn(endpoints, context);
        }
        var order = new ArrayList<>(drawn(sound, context));
        order.addAll(unsound);
        return order;
    }

    private static boolean isFailing(Endpoint endpoint, RoutingContext context) {
        var lately = context.window(endpoint, Span.HALF_MINUTE);
        return lately.failures() >= MANY_FAILURES && lately.failures() > lately.successes();
    }

    private static List<Candidate> drawn(List<Endpoint> endpoints, RoutingContext context) {
        var byPrice = new ArrayList<Candidate>(endpoints.size());
        double weightOfUnknown = isNoPriceKnown(endpoints) ? 1 : 0;
        double total = 0;
        for (var endpoint : endpoints) {
            var price = EffectivePrice.of(endpoint, context);
            var weighted = price.isPresent()
                    ? new Candidate(endpoint, weight(price.getAsDouble()), "by price")
                    : new Candidate(endpoint, weightOfUnknown, "price unknown");
            total += weighted.score();
            byPrice.add(weighted);
        }
        byPrice.sort(Comparator.comparingDouble(Candidate::score).reversed());
        byPrice.add(0, byPrice.remove(draw(byPrice, context.die().nextDouble() * total)));
        return shares(byPrice, total);
    }

    private static boolean isNoPriceKnown(List<Endpoint> endpoints) {
        for (var endpoint : endpoints) {
            if (endpoint.price().isPresent()) {
                return false;
            }
        }
        return true;
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
        weighted.replaceAll(
                candidate -> new Candidate(candidate.endpoint(), candidate.score() / total, candidate.reason()));
        return weighted;
    }

    private static double weight(double dollars) {
        double counted = Math.max(LEAST, dollars);
        return 1 / (counted * counted);
    }
}
