package io.patchbay.catalog;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.EndpointSource;
import io.patchbay.api.catalog.ProviderStatus;
import io.patchbay.api.catalog.ProviderStatus.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The endpoints that bundles bring along, and those of bundles that went a moment ago. Guarded by the catalog's lock. */
final class BroughtAlong {
    private final Object lock;
    private final Timer timer;
    private final Duration retention;
    private final Runnable changed;
    private final IdentityHashMap<EndpointSource, List<Endpoint>> present = new IdentityHashMap<>();
    private final Set<List<Endpoint>> departed = Collections.newSetFromMap(new IdentityHashMap<>());

    BroughtAlong(Object lock, Timer timer, Duration retention, Runnable changed) {
        this.lock = lock;
        this.timer = timer;
        this.retention = retention;
        this.changed = changed;
    }

    void came(EndpointSource source, List<Endpoint> endpoints) {
        present.put(source, endpoints);
    }

    void went(EndpointSource source) {
        var endpoints = present.remove(source);
        if (endpoints != null) {
            departed.add(endpoints);
            timer.in(retention, () -> forget(endpoints));
        }
    }

    private void forget(List<Endpoint> endpoints) {
        synchronized (lock) {
            departed.remove(endpoints);
            changed.run();
        }
    }

    List<Endpoint> present() {
        return present.values().stream().flatMap(List::stream).toList();
    }

    List<Endpoint> departed() {
        return departed.stream().flatMap(List::stream).toList();
    }

    /**
     * Their providers, and how they are.
     *
     * @param configured whether a file speaks of the provider of that name: such a one is left out
     * @param hasAdapter whether the adapter of that name is installed
     */
    List<ProviderStatus> statuses(Predicate<String> configured, Predicate<String> hasAdapter) {
        var byProvider = new LinkedHashMap<String, List<Endpoint>>();
        present().stream()
                .filter(endpoint -> !configured.test(endpoint.provider().name()))
                .forEach(endpoint -> byProvider
                        .computeIfAbsent(endpoint.provider().name(), name -> new ArrayList<>())
                        .add(endpoint));
        return byProvider.values().stream()
                .map(endpoints -> status(endpoints, hasAdapter))
                .toList();
    }

    private static ProviderStatus status(List<Endpoint> endpoints, Predicate<String> hasAdapter) {
        var provider = endpoints.get(0).provider();
        return hasAdapter.test(provider.adapter())
                ? new ProviderStatus(provider, endpoints.size(), State.READY, "A bundle brings it along.")
                : new ProviderStatus(
                        provider,
                        endpoints.size(),
                        State.NO_ADAPTER,
                        "No adapter '" + provider.adapter() + "' is installed.");
    }
}
