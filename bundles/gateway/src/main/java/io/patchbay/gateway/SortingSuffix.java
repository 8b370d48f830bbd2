package io.patchbay.gateway;

import io.patchbay.api.catalog.ModelId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The suffixes of a model's name that ask for an order, as OpenRouter has them: the last one counts, and what is left is
 * the model's name.
 *
 * @param model without them
 * @param sort the strategy that they stand for; empty if there is none
 */
record SortingSuffix(ModelId model, Optional<String> sort) {
    private static final Map<String, String> STRATEGIES = Map.of("nitro", "throughput", "floor", "price");

    static SortingSuffix of(ModelId named) {
        var others = new ArrayList<String>();
        var sort = Optional.<String>empty();
        for (var word : List.of(named.variant().split(":"))) {
            var strategy = STRATEGIES.get(word);
            if (strategy == null) {
                others.add(word);
            } else {
                sort = Optional.of(strategy);
            }
        }
        return new SortingSuffix(new ModelId(named.author(), named.name(), String.join(":", others)), sort);
    }
}
