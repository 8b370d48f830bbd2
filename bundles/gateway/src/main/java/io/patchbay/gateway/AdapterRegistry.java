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
 * The adapters that are installed.
 *
 * <p><b>Hot swap.</b> Attempts read a copy-on-write snapshot and take a lease. When an adapter leaves, the framework
 * calls {@link #remove} before it deactivates it: the adapter is hidden from new attempts first, then its leases are
 * waited for. Requests that find it gone are parked by the caller while {@link #isReturning} says that it may come
 * back, as it does a moment later in an update.
 */
final class AdapterRegistry {
    private static final Logger log = LoggerFactory.getLogger(AdapterRegistry.class);

    private final Duration drainTimeout;
    private final Parking parking;
    /** By name, the preferred one first. Replaced, never changed. */
    private volatile Map<String, List<Registration>> installed = Map.of();
    /** The last one of its name to leave, until another comes. Replaced, never changed. */
    private volatile Map<String, Registration> departed = Map.of();

    /** @param parking woken when an adapter comes or leaves for good */
    AdapterRegistry(Duration drainTimeout, Parking parking) {
        this.drainTimeout = drainTimeout;
        this.parking = parking;
    }

    void add(Registration registration) {
        synchronized (this) {
            var next = new HashMap<>(installed);
            var sameName = new ArrayList<>(next.getOrDefault(registration.name(), List.of()));
            sameName.add(registration);
            sameName.sort(Comparator.comparing(Registration::rank).reversed());
            next.put(registration.name(), List.copyOf(sameName));
            installed = Map.copyOf(next);
            var gone = new HashMap<>(departed);
            gone.remove(registration.name());
            departed = Map.copyOf(gone);
        }
        log.info("Adapter {} is in use", registration.name());
        parking.wake();
    }

    void remove(Registration registration) {
        synchronized (this) {
            var next = new HashMap<>(installed);
            var sameName = new ArrayList<>(next.getOrDefault(registration.name(), List.of()));
            sameName.remove(registration);
            if (sameName.isEmpty()) {
                next.remove(registration.name());
                var gone = new HashMap<>(departed);
                gone.put(registration.name(), registration);
                departed = Map.copyOf(gone);
            } else {
                next.put(registration.name(), List.copyOf(sameName));
            }
            installed = Map.copyOf(next);
        }
        if (registration.drain(drainTimeout)) {
            log.info("Adapter {} has left", registration.name());
        } else {
            log.warn(
                    "Adapter {} leaves with answers under way after {} s; they go on by themselves",
                    registration.name(),
                    drainTimeout.toSeconds());
        }
    }

    Optional<Lease> lease(String name) {
        for (var registration : installed.getOrDefault(name, List.of())) {
            var lease = registration.lease();
            if (lease.isPresent()) {
                return lease;
            }
        }
        return Optional.empty();
    }

    /** Whether there is an adapter of that name to take a lease of. */
    boolean isInstalled(String name) {
        return installed.containsKey(name);
    }

    /** Whether the adapter has left and may come back: its bundle is still installed. */
    boolean isReturning(String name) {
        if (installed.containsKey(name)) {
            return true;
        }
        var last = departed.get(name);
        return last != null && !last.isUninstalled();
    }
}
