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

    List<Endpoint> present(PricePolicy prices) {
        return present.values().stream()
                .flatMap(endpoints -> prices.applied(endpoints, null).stream())
                .toList();
    }

    List<Endpoint> departed(PricePolicy prices) {
        return departed.stream()
                .flatMap(endpoints -> prices.applied(endpoints, null).stream())
                .toList();
    }

    /**
     * Their providers, and how they are.
     *
     * @param offered what is present, with prices
     * @param configured whether a file speaks of the provider of that name: such a one is left out
     * @param hasAdapter whether the adapter of that name is installed
     */
    static List<ProviderStatus> statuses(
            List<Endpoint> offered, Predicate<String> configured, Predicate<String> hasAdapter) {
        var byProvider = new LinkedHashMap<String, List<Endpoint>>();
        offered.stream()
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
        if (!hasAdapter.test(provider.adapter())) {
            return new ProviderStatus(
                    provider,
                    endpoints.size(),
                    State.NO_ADAPTER,
                    "No adapter '" + provider.adapter() + "' is installed.");
        }
        var state = PricePolicy.allLackOne(endpoints) ? State.NO_PRICE : State.READY;
        var complaint = PricePolicy.complaint(endpoints, "set unknown-price in io.patchbay.catalog.cfg");
        return new ProviderStatus(
                provider,
                endpoints.size(),
                state,
                "A bundle brings it along." + complaint.map(text -> ' ' + text).orElse(""));
    }
}
