package io.patchbay.api.routing;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.Price;
import java.util.OptionalDouble;

/** Helps strategies that look at prices: what a whole request would cost, not one of its tokens. */
public final class EffectivePrice {
    private EffectivePrice() {}

    /**
     * What an endpoint would ask for a request of this length, in dollars; empty if its price is unknown. For choosing,
     * not for charging: it is a floating-point number.
     */
    public static OptionalDouble of(Endpoint endpoint, RoutingContext context) {
        if (endpoint.price().isEmpty()) {
            return OptionalDouble.empty();
        }
        var price = endpoint.price().get().at(context.time()).forPromptOf(context.promptTokens());
        return OptionalDouble.of(dollars(price, context));
    }

    private static double dollars(Price price, RoutingContext context) {
        return price.prompt().doubleValue() * context.promptTokens()
                + price.completion().doubleValue() * context.completionTokens()
                + price.request().doubleValue();
    }
}
