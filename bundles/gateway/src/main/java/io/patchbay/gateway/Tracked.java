package io.patchbay.gateway;

import io.patchbay.api.adapter.ChatAdapter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/**
 * Keeps a registry in step with the service registry. A service that can do two things is in two registries, and leaves
 * them one after the other before it is deactivated.
 *
 * @param <U> how services are used
 */
final class Tracked<U> {
    private final AdapterRegistry<U> registry;
    private final Map<Object, Registration<U>> registrations = new ConcurrentHashMap<>();

    Tracked(AdapterRegistry<U> registry) {
        this.registry = registry;
    }

    <S> void add(S service, Function<S, U> use, ServiceReference<S> reference) {
        var bundle = reference.getBundle();
        var registration = new Registration<>(
                String.valueOf(reference.getProperty(ChatAdapter.NAME)),
                use.apply(service),
                Rank.of(reference),
                () -> bundle.getState() == Bundle.UNINSTALLED);
        registrations.put(service, registration);
        registry.add(registration);
    }

    /** Returns when the service may be deactivated. */
    void remove(Object service) {
        var registration = registrations.remove(service);
        if (registration != null) {
            registry.remove(registration);
        }
    }
}
