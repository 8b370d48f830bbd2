package io.patchbay.catalog;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.ProviderStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The whole catalog at one moment. Immutable: requests read it without a lock, at the cost of one hash lookup.
 *
 * @param byModel endpoints that can be used, and those that could a moment ago
 * @param usable endpoints that can be used at the usual tier of service, ordered by model and provider
 * @param dormant endpoints that only accounts with a credential of their own can use
 * @param providers ordered by name
 */
record Snapshot(
        Map<ModelId, List<Endpoint>> byModel,
        List<Endpoint> usable,
        Map<ModelId, List<Endpoint>> dormant,
        List<ProviderStatus> providers) {
    static final Snapshot EMPTY = new Snapshot(Map.of(), List.of(), Map.of(), List.of());

    private static final Comparator<Endpoint> BY_MODEL_AND_PROVIDER = Comparator.comparing(
                    (Endpoint endpoint) -> endpoint.model().toString())
            .thenComparing(endpoint -> endpoint.provider().name());

    /**
     * Builds the catalog.
     *
     * @param offered by configured providers, then by bundles: the first of two of the same id counts
     * @param departed offered by bundles that went a moment ago; what their providers offer now replaces them
     * @param dormant what providers without a credential would offer with one
     * @param present names of the adapters that are there
     * @param missed names of the adapters that went a moment ago
     */
    static Snapshot of(
            Collection<Endpoint> offered,
            Collection<Endpoint> departed,
            Collection<Endpoint> dormant,
            Set<String> present,
            Set<String> missed,
            Collection<ProviderStatus> providers) {
        var usable = new LinkedHashMap<String, Endpoint>();
        var findable = new LinkedHashMap<String, Endpoint>();
        var offering = new HashSet<String>();
        for (var endpoint : offered) {
            var adapter = endpoint.provider().adapter();
            offering.add(endpoint.provider().name());
            if (present.contains(adapter)) {
                if (endpoint.serviceTier().isEmpty()) {
                    usable.putIfAbsent(endpoint.id(), endpoint);
                }
                findable.putIfAbsent(endpoint.id(), endpoint);
            } else if (missed.contains(adapter)) {
                findable.putIfAbsent(endpoint.id(), endpoint);
            }
        }
        for (var endpoint : departed) {
            var adapter = endpoint.provider().adapter();
            boolean servable = present.contains(adapter) || missed.contains(adapter);
            if (servable && !offering.contains(endpoint.provider().name())) {
                findable.putIfAbsent(endpoint.id(), endpoint);
            }
        }
        return new Snapshot(
                byModel(findable.values()),
                usable.values().stream().sorted(BY_MODEL_AND_PROVIDER).toList(),
                byModel(dormant.stream()
                        .filter(endpoint -> present.contains(endpoint.provider().adapter())
                                || missed.contains(endpoint.provider().adapter()))
                        .toList()),
                providers.stream()
                        .sorted(Comparator.comparing(status -> status.provider().name()))
                        .toList());
    }

    private static Map<ModelId, List<Endpoint>> byModel(Collection<Endpoint> endpoints) {
        var byModel = new HashMap<ModelId, List<Endpoint>>();
        for (var endpoint : endpoints) {
            byModel.computeIfAbsent(endpoint.model(), model -> new ArrayList<>(2))
                    .add(endpoint);
        }
        byModel.replaceAll((model, list) -> List.copyOf(list));
        return byModel;
    }

    /** The endpoints of this very model, its variant included: another variant may cost something else. */
    List<Endpoint> endpoints(ModelId model) {
        return byModel.getOrDefault(model, List.of());
    }

    /** The same of those that are dormant. */
    List<Endpoint> dormant(ModelId model) {
        return dormant.getOrDefault(model, List.of());
    }
}
