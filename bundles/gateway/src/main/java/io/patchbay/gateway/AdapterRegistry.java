package io.patchbay.gateway;

import io.patchbay.api.swap.Parking;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The adapters that are installed and can do one thing: chat, or embed.
 *
 * <p><b>Hot swap.</b> Attempts read a copy-on-write snapshot and take a lease. When an adapter leaves, the framework
 * calls {@link #remove} before it deactivates it: the adapter is hidden from new attempts first, then its leases are
 * waited for. Requests that find it gone are parked by the caller while {@link #isReturning} says that it may come
 * back, as it does a moment later in an update.
 *
 * @param <U> how such an adapter is used
 */
final class AdapterRegistry<U> {
    private static final Logger log = LoggerFactory.getLogger(AdapterRegistry.class);

    private final Duration drainTimeout;
    private final Parking parking;
    private volatile Snapshot<U> snapshot = new Snapshot<>(Map.of(), Map.of());

    /**
     * Who is there and who is not.
     *
     * @param installed by name, the preferred one first
     * @param departed the last one of its name to leave, until another comes
     */
    private record Snapshot<U>(Map<String, List<Registration<U>>> installed, Map<String, Registration<U>> departed) {}

    /** @param parking woken when an adapter comes or leaves for good */
    AdapterRegistry(Duration drainTimeout, Parking parking) {
        this.drainTimeout = drainTimeout;
        this.parking = parking;
    }

    void add(Registration<U> registration) {
        synchronized (this) {
            var installed = new HashMap<>(snapshot.installed());
            var sameName = new ArrayList<>(installed.getOrDefault(registration.name(), List.of()));
            sameName.add(registration);
            sameName.sort(
                    Comparator.comparing((Registration<U> one) -> one.rank()).reversed());
            installed.put(registration.name(), List.copyOf(sameName));
            var departed = new HashMap<>(snapshot.departed());
            departed.remove(registration.name());
            snapshot = new Snapshot<>(Map.copyOf(installed), Map.copyOf(departed));
        }
        log.info("Adapter {} is in use", registration.name());
        parking.wake();
    }

    private synchronized void hide(Registration<U> registration) {
        var installed = new HashMap<>(snapshot.installed());
        var departed = new HashMap<>(snapshot.departed());
        var sameName = new ArrayList<>(installed.getOrDefault(registration.name(), List.of()));
        sameName.remove(registration);
        if (sameName.isEmpty()) {
            installed.remove(registration.name());
            departed.put(registration.name(), registration);
        } else {
            installed.put(registration.name(), List.copyOf(sameName));
        }
        snapshot = new Snapshot<>(Map.copyOf(installed), Map.copyOf(departed));
    }

    /** Returns when the adapter may be deactivated. */
    void remove(Registration<U> registration) {
        hide(registration);
        if (registration.drain(drainTimeout)) {
            log.info("Adapter {} has left", registration.name());
        } else {
            log.warn(
                    "Adapter {} leaves with answers under way after {} s; they go on by themselves",
                    registration.name(),
                    drainTimeout.toSeconds());
        }
    }

    Optional<Lease<U>> lease(String name) {
        for (var registration : snapshot.installed().getOrDefault(name, List.of())) {
            var lease = registration.lease();
            if (lease.isPresent()) {
                return lease;
            }
        }
        return Optional.empty();
    }

    /** Whether the adapter is there, or has left and may come back: its bundle is still installed. */
    boolean isReturning(String name) {
        var now = snapshot;
        if (now.installed().containsKey(name)) {
            return true;
        }
        var last = now.departed().get(name);
        return last != null && !last.isUninstalled();
    }
}
