package io.patchbay.billing;

import io.patchbay.api.catalog.Endpoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Finds out that two names mean the same model. Providers' bills name models otherwise than their APIs do: with the date
 * of the version that served, as {@code gpt-4o-2024-08-06}, or as people do, {@code Claude Haiku 4.5}. Versions of a model
 * that differ in their date only are one.
 */
final class ModelNames {
    private static final Pattern DATE = Pattern.compile("(?<!\\d)20\\d\\d-?\\d\\d-?\\d\\d(?!\\d)");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^a-z0-9]+");

    private final Map<String, String> keys = new HashMap<>();

    /** Knows a provider's models. */
    ModelNames(Collection<Endpoint> endpoints) {
        // What the provider says itself comes first: another model's name for people may be the same.
        endpoints.forEach(endpoint -> learn(endpoint.upstreamModel(), endpoint));
        endpoints.forEach(endpoint -> learn(endpoint.model().toString(), endpoint));
        endpoints.forEach(endpoint -> learn(withoutAuthor(endpoint.model().toString()), endpoint));
        for (var endpoint : endpoints) {
            var name = endpoint.modelDisplayName();
            learn(name.substring(name.indexOf(':') + 1), endpoint);
        }
    }

    private void learn(String name, Endpoint endpoint) {
        keys.putIfAbsent(plain(name), plain(endpoint.upstreamModel()));
    }

    /** The same for all names of a model. */
    String key(String name) {
        var known = keys.get(plain(name));
        return known == null ? plain(withoutAuthor(name)) : known;
    }

    private static String withoutAuthor(String name) {
        return name.substring(name.indexOf('/') + 1);
    }

    /** Its words in alphabetical order, then its numbers in theirs: providers have changed the order of words. */
    private static String plain(String name) {
        var undated = DATE.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("");
        var words = new ArrayList<String>();
        var numbers = new ArrayList<String>();
        for (var part : BETWEEN_WORDS.split(undated, -1)) {
            if (!part.isEmpty()) {
                (Character.isDigit(part.charAt(0)) ? numbers : words).add(part);
            }
        }
        return String.join(" ", sorted(words)) + ' ' + String.join(" ", numbers);
    }

    private static List<String> sorted(List<String> words) {
        return words.stream().sorted().toList();
    }
}
