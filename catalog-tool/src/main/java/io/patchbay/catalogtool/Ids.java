package io.patchbay.catalogtool;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Names for models that OpenRouter does not know, spelt alike at all providers: as most of them spell it. */
final class Ids {
    private static final Pattern DOTTED = Pattern.compile("\\d\\.\\d");
    /** Versions with a dot, as OpenRouter writes them; then what most write; then the first of the alphabet. */
    private static final Comparator<Map.Entry<String, Integer>> BEST = Comparator.comparing(
                    (Map.Entry<String, Integer> spelling) ->
                            DOTTED.matcher(spelling.getKey()).find())
            .thenComparing(Map.Entry.comparingByValue())
            .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder()));

    private final KnownModels known;
    private final Map<String, Map<String, Integer>> spellings = new HashMap<>();

    Ids(KnownModels known) {
        this.known = known;
    }

    /** Takes note of how a provider spells a model. */
    void note(String provider, Offer offer) {
        if (known(offer).isEmpty()) {
            var spelt = own(provider, offer);
            spellings.computeIfAbsent(key(spelt), same -> new TreeMap<>()).merge(spelt, 1, Integer::sum);
        }
    }

    /** The name by which clients know it. */
    String id(String provider, Offer offer) {
        return known(offer).orElseGet(() -> {
            var spelt = own(provider, offer);
            return spellings.getOrDefault(key(spelt), Map.of(spelt, 1)).entrySet().stream()
                    .max(BEST)
                    .map(Map.Entry::getKey)
                    .orElse(spelt);
        });
    }

    private Optional<String> known(Offer offer) {
        return known.find(offer.upstream(), offer.base());
    }

    /** The provider's own spelling, after the author. */
    static String own(String provider, Offer offer) {
        var split = KnownModels.Split.of(offer.upstream());
        var author = KnownModels.author(split.name())
                .or(() -> offer.base().isEmpty() ? Optional.empty() : KnownModels.author(offer.base()))
                .orElse(provider);
        return author + '/' + Names.last(split.name()) + split.variant();
    }

    private static String key(String id) {
        int slash = id.indexOf('/');
        int colon = id.indexOf(':');
        var name = colon < 0 ? id.substring(slash + 1) : id.substring(slash + 1, colon);
        return id.substring(0, slash + 1) + Names.key(name) + (colon < 0 ? "" : id.substring(colon));
    }
}
