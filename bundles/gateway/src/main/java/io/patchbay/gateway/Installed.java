package io.patchbay.gateway;

import io.patchbay.api.swap.Leases;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Services of one kind that are there, by name, and those that were there and may come back. For any thread.
 *
 * @param <S> what they are
 */
final class Installed<S> {
    private static final Logger log = LoggerFactory.getLogger(Installed.class);

    private final String kind;
    /** The one that stands first is asked first. */
    private volatile List<One<S>> services = List.of();

    private final Map<String, One<S>> departed = new ConcurrentHashMap<>();

    /** @param kind what they are, for the log: "Plugin" */
    Installed(String kind) {
        this.kind = kind;
    }

    /**
     * One of them.
     *
     * @param ranking those that rank higher stand first, then the order is that of their names
     * @param isUninstalled whether its bundle is gone for good
     * @param prepares what requests hold for whose sake it does something that takes its time
     * @param leases on it while it does that
     */
    record One<S>(
            String name, S service, int ranking, BooleanSupplier isUninstalled, Set<String> prepares, Leases leases) {

        One(String name, S service, int ranking, BooleanSupplier isUninstalled) {
            this(name, service, ranking, isUninstalled, Set.of(), new Leases());
        }
    }

    synchronized void add(One<S> arriving) {
        var all = new ArrayList<>(services);
        all.add(arriving);
        all.sort(Comparator.<One<S>>comparingInt(one -> -one.ranking()).thenComparing(One::name));
        services = List.copyOf(all);
        departed.remove(arriving.name());
    }

    /** It is not among them any longer; returns it, if it was. */
    synchronized Optional<One<S>> remove(S leaving) {
        var found = Optional.<One<S>>empty();
        var left = new ArrayList<One<S>>();
        for (var one : services) {
            if (one.service() == leaving) {
                departed.put(one.name(), one);
                found = Optional.of(one);
            } else {
                left.add(one);
            }
        }
        left.forEach(one -> departed.remove(one.name()));
        services = List.copyOf(left);
        return found;
    }

    /** One goes; returns when it may be deactivated: no lease is left, or the time is over. */
    void leave(S leaving, Duration patience) {
        remove(leaving).ifPresent(one -> {
            if (!one.leases().drain(patience)) {
                log.warn("{} {} leaves with requests under way after {} s", kind, one.name(), patience.toSeconds());
            }
        });
    }

    List<One<S>> all() {
        return services;
    }

    Set<String> names() {
        var names = new HashSet<String>();
        services.forEach(one -> names.add(one.name()));
        return names;
    }

    /** Whether one of this name was there and is not gone for good. */
    boolean isReturning(String name) {
        var left = departed.get(name);
        return left != null && !left.isUninstalled().getAsBoolean();
    }

    /** Whether any that was there is missing at the moment. */
    boolean isAnyReturning() {
        return isAnyReturning(one -> true);
    }

    /** Whether any of such that was there is missing at the moment. */
    boolean isAnyReturning(Predicate<One<S>> such) {
        if (departed.isEmpty()) {
            return false;
        }
        departed.values().removeIf(one -> one.isUninstalled().getAsBoolean());
        return departed.values().stream().anyMatch(such);
    }
}
