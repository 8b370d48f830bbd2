package io.patchbay.api.access;

import io.patchbay.api.catalog.ModelId;
import java.util.List;
import java.util.Locale;

/**
 * What an API key may use.
 *
 * @param models {@code author/name} or {@code author/*}, each with all its variants; empty for all
 * @param providers their names; empty for all
 * @param dataCollection whether providers may be used that keep prompts or train with them
 */
public record Permissions(List<String> models, List<String> providers, boolean dataCollection) {
    /** Everything. */
    public static final Permissions ALL = new Permissions(List.of(), List.of(), true);

    private static final String ANY_OF_AUTHOR = "/*";

    /** Copies the lists; case does not matter. */
    public Permissions {
        models = lowerCase(models);
        providers = lowerCase(providers);
    }

    /** These permissions for these models only. */
    public Permissions withModels(List<String> patterns) {
        return new Permissions(patterns, providers, dataCollection);
    }

    /** These permissions for these providers only. */
    public Permissions withProviders(List<String> names) {
        return new Permissions(models, names, dataCollection);
    }

    /** These permissions with or without providers that collect data. */
    public Permissions withDataCollection(boolean allowed) {
        return new Permissions(models, providers, allowed);
    }

    /** Whether this model may be used. */
    public boolean allow(ModelId model) {
        if (models.isEmpty()) {
            return true;
        }
        var base = model.author() + '/' + model.name();
        return models.contains(base) || models.contains(model.author() + ANY_OF_AUTHOR);
    }

    /** Whether this provider may be used, as far as its name goes. */
    public boolean allowProvider(String name) {
        return providers.isEmpty() || providers.contains(name);
    }

    private static List<String> lowerCase(List<String> words) {
        return words.stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
    }
}
