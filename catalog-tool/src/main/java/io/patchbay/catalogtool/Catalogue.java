package io.patchbay.catalogtool;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** All that is to be written, as text: the same lists give the same files, byte for byte. */
final class Catalogue {
    /** Those of whose Claude models it is known what they ask for an hour of cache: twice what a prompt token costs. */
    private static final Set<String> CACHING_FOR_AN_HOUR =
            Set.of("anthropic", "amazon-bedrock", "google-vertex-anthropic");

    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    private final KnownModels known;
    private final List<Source> sources;
    private final Ids ids;
    private final String asOf;

    /**
     * Reads both lists.
     *
     * @param providers models.dev's providers
     * @param models OpenRouter's models
     * @param asOf the day they are of
     */
    Catalogue(JsonObject providers, JsonObject models, String asOf) {
        this.known = new KnownModels(models);
        this.asOf = asOf;
        this.sources = providers.entrySet().stream()
                .map(provider ->
                        Source.of(provider.getKey(), provider.getValue().getAsJsonObject()))
                .filter(Source::isShipped)
                .sorted(Comparator.comparing(Source::name))
                .toList();
        this.ids = new Ids(known);
        sources.forEach(source -> source.offers().forEach(offer -> ids.note(source.name(), offer)));
    }

    /** The providers that Patchbay comes with. */
    List<Source> sources() {
        return sources;
    }

    /** The entries of a provider, by id. */
    Map<String, JsonObject> entries(Source source) {
        var entries = new TreeMap<String, JsonObject>();
        if (source.isLocal()) {
            return entries;
        }
        var waiting = new ArrayList<>(source.offers());
        // Of two names for one model the plainer one gets its id.
        waiting.sort(Comparator.comparing((Offer offer) -> !offer.upstream().equals(ids.id(source.name(), offer)))
                .thenComparing(offer -> offer.upstream().length())
                .thenComparing(Offer::upstream));
        for (var offer : waiting) {
            var id = ids.id(source.name(), offer);
            if (entries.containsKey(id)) {
                id = Ids.own(source.name(), offer);
            }
            if (!entries.containsKey(id)) {
                var entry = offer.entry(id, known.get(id));
                if (CACHING_FOR_AN_HOUR.contains(source.name())) {
                    Offer.addCacheForAnHour(entry);
                }
                entries.put(id, entry);
            }
        }
        return entries;
    }

    /** A provider's file of the catalogue: one model a line. */
    String json(Source source) {
        var lines = entries(source).values().stream().map(GSON::toJson).toList();
        return "{\"provider\":" + GSON.toJson(source.name()) + ",\"as_of\":" + GSON.toJson(asOf) + ",\"models\":[\n"
                + String.join(",\n", lines) + "\n]}\n";
    }

    /** The variable of each provider's key. What several claim is the one's with a file by hand, or the shortest name. */
    Map<String, String> variables() {
        var owners = new HashMap<String, String>();
        sources.stream()
                .sorted(Comparator.comparing((Source source) -> !source.isByHand())
                        .thenComparing(source -> source.name().length())
                        .thenComparing(Source::name))
                .forEach(source -> owners.putIfAbsent(source.variable(), source.name()));
        var variables = new TreeMap<String, String>();
        sources.forEach(source -> variables.put(
                source.name(),
                source.name().equals(owners.get(source.variable())) ? source.variable() : source.ownVariable()));
        return variables;
    }
}
