package io.patchbay.gateway;

import io.patchbay.api.catalog.Catalog;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.routing.Choice;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the names stand for by which clients call models: a model, one with {@link Suffixes}, or the newest of a family,
 * {@code ~author/family-latest}.
 */
final class ModelNames {
    private static final String FAMILIES = "~";
    private static final String LATEST = "-latest";
    /** What may stand in a model's name beside its family's. */
    private static final Pattern VERSION = Pattern.compile("v?\\d[\\w.]*");

    private final Catalog catalog;

    ModelNames(Catalog catalog) {
        this.catalog = catalog;
    }

    /** Who serves it, to an account. */
    Choice find(ModelId named, String account) {
        var model = named.author().startsWith(FAMILIES) ? newest(named) : named;
        if (model.variant().isEmpty()) {
            return Choice.of(catalog.endpoints(model, account));
        }
        var suffixes = Suffixes.of(model);
        var endpoints = catalog.endpoints(suffixes.model(), account);
        if (endpoints.isEmpty() && !suffixes.wishes().isEmpty()) {
            endpoints = catalog.endpoints(suffixes.withoutWishes(), account);
            if (suffixes.wishes().contains(Suffixes.Wish.ONLINE)) {
                endpoints = endpoints.stream().filter(ModelNames::maySearch).toList();
            }
        }
        return new Choice(endpoints, suffixes.sort(), suffixes.serviceTier());
    }

    private static boolean maySearch(Endpoint endpoint) {
        var known = endpoint.supportedParameters();
        return known.isEmpty() || known.contains(SentRequest.SEARCH);
    }

    /** The newest model of a family; the name itself if there is none. */
    private ModelId newest(ModelId named) {
        if (!named.name().endsWith(LATEST)) {
            return named;
        }
        var author = named.author().substring(FAMILIES.length());
        var family = List.of(named.name()
                .substring(0, named.name().length() - LATEST.length())
                .split("-"));
        return catalog.endpoints().stream()
                .filter(endpoint -> isOf(author, family, endpoint.model()))
                .max(Comparator.comparingLong(Endpoint::created)
                        .thenComparing(endpoint -> endpoint.model().name()))
                .map(endpoint -> new ModelId(author, endpoint.model().name(), named.variant()))
                .orElse(named);
    }

    /** Whether its name is the family's words, in order, with nothing but versions among them. */
    private static boolean isOf(String author, List<String> family, ModelId model) {
        if (!model.author().equals(author) || !model.variant().isEmpty()) {
            return false;
        }
        int next = 0;
        for (var word : List.of(model.name().split("-"))) {
            if (next < family.size() && word.equals(family.get(next))) {
                next++;
            } else if (!VERSION.matcher(word).matches()) {
                return false;
            }
        }
        return next == family.size();
    }

    /** The suffixes with which a client has called the model of an endpoint, if they are wishes. */
    static Optional<Suffixes> wishesFor(Endpoint endpoint, List<String> names) {
        for (var name : names) {
            if (name.indexOf(':') < 0) {
                continue;
            }
            var suffixes = Suffixes.of(ModelId.parse(name));
            var isFor =
                    suffixes.withoutWishes().variant().equals(endpoint.model().variant())
                            && (suffixes.withoutWishes().equals(endpoint.model()) || name.startsWith(FAMILIES));
            if (isFor && !suffixes.wishes().isEmpty()) {
                return Optional.of(suffixes);
            }
        }
        return Optional.empty();
    }
}
