package io.patchbay.api.access;

import io.patchbay.api.catalog.ModelId;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What an API key, or everybody of an account, may use.
 *
 * @param models {@code author/name} or {@code author/*}, each with all its variants; empty for all. With {@code !} before
 *     it, all but those
 * @param providers their names; empty for all. With {@code !} before it, all but that one
 * @param regions where providers have to process prompts, in the operator's words ({@code eu}); empty for anywhere
 * @param dataCollection whether providers may be used that keep prompts or train with them
 * @param dataRetention whether providers may be used that retain prompts for any time after they have answered
 */
public record Permissions(
        List<String> models,
        List<String> providers,
        List<String> regions,
        boolean dataCollection,
        boolean dataRetention) {
    /** Everything. */
    public static final Permissions ALL = new Permissions(List.of(), List.of(), List.of(), true, true);

    /** What no provider and no model is called: a list that allows nothing. */
    private static final List<String> NOTHING = List.of("");

    private static final String ANY_OF_AUTHOR = "/*";
    /** Stands before what may not be used. */
    private static final String NOT = "!";

    /** Copies the lists; case does not matter. */
    public Permissions {
        models = lowerCase(models);
        providers = lowerCase(providers);
        regions = lowerCase(regions);
    }

    /** These permissions for these models only. */
    public Permissions withModels(List<String> patterns) {
        return new Permissions(patterns, providers, regions, dataCollection, dataRetention);
    }

    /** These permissions for these providers only. */
    public Permissions withProviders(List<String> names) {
        return new Permissions(models, names, regions, dataCollection, dataRetention);
    }

    /** These permissions for providers in these regions only. */
    public Permissions withRegions(List<String> names) {
        return new Permissions(models, providers, names, dataCollection, dataRetention);
    }

    /** These permissions with or without providers that collect data. */
    public Permissions withDataCollection(boolean allowed) {
        return new Permissions(models, providers, regions, allowed, dataRetention);
    }

    /** These permissions with or without providers that retain prompts. */
    public Permissions withDataRetention(boolean allowed) {
        return new Permissions(models, providers, regions, dataCollection, allowed);
    }

    /** What both allow. */
    public Permissions and(Permissions other) {
        if (other.equals(ALL)) {
            return this;
        }
        return new Permissions(
                bothModels(models, other.models),
                both(providers, other.providers),
                both(regions, other.regions),
                dataCollection && other.dataCollection,
                dataRetention && other.dataRetention);
    }

    private static List<String> both(List<String> some, List<String> others) {
        return allowedByBoth(some, others, wanted(some).filter(wanted(others).toList()::contains));
    }

    private static List<String> bothModels(List<String> some, List<String> others) {
        var within = Stream.concat(
                wanted(some).filter(pattern -> isWithin(pattern, others)),
                wanted(others).filter(pattern -> isWithin(pattern, some)));
        return allowedByBoth(some, others, within);
    }

    /** What one of them does not want, and of what either wants that which both do. */
    private static List<String> allowedByBoth(List<String> some, List<String> others, Stream<String> wantedByBoth) {
        if (some.isEmpty() || others.isEmpty()) {
            return some.isEmpty() ? others : some;
        }
        var unwanted = Stream.concat(unwanted(some), unwanted(others));
        if (wanted(some).findAny().isEmpty() || wanted(others).findAny().isEmpty()) {
            var wanted = Stream.concat(wanted(some), wanted(others));
            return Stream.concat(wanted, unwanted).distinct().toList();
        }
        return Stream.concat(orNothing(wantedByBoth.toList()).stream(), unwanted)
                .distinct()
                .toList();
    }

    private static Stream<String> wanted(List<String> words) {
        return words.stream().filter(word -> !word.startsWith(NOT));
    }

    private static Stream<String> unwanted(List<String> words) {
        return words.stream().filter(word -> word.startsWith(NOT));
    }

    private static boolean isWithin(String pattern, List<String> patterns) {
        int slash = pattern.indexOf('/');
        return patterns.contains(pattern)
                || (slash >= 0 && patterns.contains(pattern.substring(0, slash) + ANY_OF_AUTHOR));
    }

    /** An empty list would allow everything. */
    private static List<String> orNothing(List<String> allowed) {
        return allowed.isEmpty() ? NOTHING : allowed;
    }

    /** Whether this model may be used. */
    public boolean allow(ModelId model) {
        if (models.isEmpty()) {
            return true;
        }
        var author = model.author().toLowerCase(Locale.ROOT);
        return allow(models, author + '/' + model.name().toLowerCase(Locale.ROOT), author + ANY_OF_AUTHOR);
    }

    /** Whether this provider may be used, as far as its name goes. */
    public boolean allowProvider(String name) {
        return providers.isEmpty() || allow(providers, name, name);
    }

    private static boolean allow(List<String> words, String name, String group) {
        if (words.contains(NOT + name) || words.contains(NOT + group)) {
            return false;
        }
        return words.contains(name) || words.contains(group) || words.stream().allMatch(word -> word.startsWith(NOT));
    }

    private static List<String> lowerCase(List<String> words) {
        return words.stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
    }
}
