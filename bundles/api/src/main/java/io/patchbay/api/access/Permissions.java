package io.patchbay.api.access;

import io.patchbay.api.catalog.ModelId;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What an API key, or everybody of an account, may use.
 *
 * @param models {@code author/name} or {@code author/*}, each with all its variants; empty for all
 * @param providers their names; empty for all
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
        if (some.isEmpty() || others.isEmpty()) {
            return some.isEmpty() ? others : some;
        }
        return orNothing(some.stream().filter(others::contains).toList());
    }

    private static List<String> bothModels(List<String> some, List<String> others) {
        if (some.isEmpty() || others.isEmpty()) {
            return some.isEmpty() ? others : some;
        }
        return orNothing(Stream.concat(
                        some.stream().filter(pattern -> isWithin(pattern, others)),
                        others.stream().filter(pattern -> isWithin(pattern, some)))
                .distinct()
                .toList());
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
        var base = (model.author() + '/' + model.name()).toLowerCase(Locale.ROOT);
        return models.contains(base) || models.contains(model.author().toLowerCase(Locale.ROOT) + ANY_OF_AUTHOR);
    }

    /** Whether this provider may be used, as far as its name goes. */
    public boolean allowProvider(String name) {
        return providers.isEmpty() || providers.contains(name);
    }

    private static List<String> lowerCase(List<String> words) {
        return words.stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
    }
}
