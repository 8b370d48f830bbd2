package io.patchbay.gateway;

import io.patchbay.api.catalog.ModelId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The suffixes of a model's name, as OpenRouter has them: those that ask for an order, of which the last one counts;
 * wishes, unless there is a model of that name; and what is part of the model's name.
 *
 * @param model without those that ask for an order
 * @param sort the strategy that they stand for; empty if there is none
 * @param serviceTier the tier of service that those stand for besides
 * @param wishes those that may be wishes
 * @param withoutWishes the model without those either
 */
record Suffixes(
        ModelId model, Optional<String> sort, Optional<String> serviceTier, Set<Wish> wishes, ModelId withoutWishes) {
    private static final Map<String, String> STRATEGIES =
            Map.of("nitro", "throughput", "floor", "price", "exacto", "exacto");
    private static final Map<String, String> SERVICE_TIERS = Map.of("nitro", "priority", "floor", "flex");

    /** What else a suffix asks for. */
    enum Wish {
        /** The model is to search the web. */
        ONLINE,
        /** The model is to think. */
        THINKING,
        /** A long context; models have one nowadays. */
        EXTENDED;

        private static Optional<Wish> named(String word) {
            for (var wish : values()) {
                if (wish.word().equals(word)) {
                    return Optional.of(wish);
                }
            }
            return Optional.empty();
        }

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Suffixes of(ModelId named) {
        var others = new ArrayList<String>();
        var plain = new ArrayList<String>();
        var sort = Optional.<String>empty();
        var serviceTier = Optional.<String>empty();
        var wishes = EnumSet.noneOf(Wish.class);
        for (var word : List.of(named.variant().split(":"))) {
            var wish = Wish.named(word);
            if (STRATEGIES.containsKey(word)) {
                sort = Optional.of(STRATEGIES.get(word));
                serviceTier = Optional.ofNullable(SERVICE_TIERS.get(word));
            } else if (wish.isPresent()) {
                others.add(word);
                wishes.add(wish.get());
            } else {
                others.add(word);
                plain.add(word);
            }
        }
        return new Suffixes(variant(named, others), sort, serviceTier, wishes, variant(named, plain));
    }

    private static ModelId variant(ModelId model, List<String> words) {
        return new ModelId(model.author(), model.name(), String.join(":", words));
    }
}
