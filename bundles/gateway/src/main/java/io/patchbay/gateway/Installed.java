package io.patchbay.gateway;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * Services of one kind that are there, by name, and those that were there and may come back. For any thread.
 *
 * @param <S> what they are
 */
final class Installed<S> {
    /** The one that stands first is asked first. */
    private volatile List<One<S>> services = List.of();

    private final Map<String, BooleanSupplier> departed = new ConcurrentHashMap<>();

    /**
     * One of them.
     *
     * @param ranking those that rank higher stand first, then the order is that of their names
     * @param isUninstalled whether its bundle is gone for good
     */
    record One<S>(String name, S service, int ranking, BooleanSupplier isUninstalled) {}

    synchronized void add(One<S> arriving) {
        var all = new ArrayList<>(services);
        all.add(arriving);
        all.sort(Comparator.<One<S>>comparingInt(one -> -one.ranking()).thenComparing(One::name));
        services = List.copyOf(all);
        departed.remove(arriving.name());
    }

    synchronized void remove(S leaving) {
        var left = new ArrayList<One<S>>();
        for (var one : services) {
            if (one.service() == leaving) {
                departed.put(one.name(), one.isUninstalled());
            } else {
                left.add(one);
            }
        }
        left.forEach(one -> departed.remove(one.name()));
        services = List.copyOf(left);
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
        return left != null && !left.getAsBoolean();
    }

    /** Whether any that was there is missing at the moment. */
    boolean isAnyReturning() {
        if (departed.isEmpty()) {
            return false;
        }
        departed.values().removeIf(BooleanSupplier::getAsBoolean);
        return !departed.isEmpty();
    }
}
