package io.patchbay.simulation;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Price;
import io.patchbay.api.catalog.Provider;
import java.math.BigDecimal;

/**
 * An endpoint in a scenario.
 *
 * @param endpoint what the router sees
 * @param behaviour how it replies
 */
record Place(Endpoint endpoint, Behaviour behaviour) {
    /** @param dollars for a million prompt tokens; a completion token costs three times as much */
    static Place of(String provider, String dollars, Behaviour behaviour) {
        return new Place(endpoint(provider, dollars), behaviour);
    }

    /** The same at another price. */
    Place at(String dollars) {
        return new Place(endpoint(endpoint.provider().name(), dollars), behaviour);
    }

    private static Endpoint endpoint(String provider, String dollars) {
        var prompt = new BigDecimal(dollars);
        return Endpoint.builder(
                        new ModelId("lab", "model", ""),
                        Provider.builder(provider, "simulated").build())
                .price(Price.perMillionTokens(prompt, prompt.multiply(BigDecimal.valueOf(3))).toBuilder()
                        .perMillion(Price.Unit.CACHE_READ, prompt.movePointLeft(1))
                        .build())
                .build();
    }

    /** Dollars for one request, prompt and answer. A prompt that is read from the cache costs a tenth. */
    double cost(boolean isWarm) {
        var price = endpoint.price().orElseThrow();
        double prompt = price.prompt().doubleValue() * Simulation.PROMPT_TOKENS;
        return (isWarm ? prompt / 10 : prompt) + price.completion().doubleValue() * Behaviour.COMPLETION_TOKENS;
    }
}
