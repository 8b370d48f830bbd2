package io.patchbay.gateway;

import io.patchbay.api.swap.Leases;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    /** One for both, so that whoever comes back is never in neither. */
    private volatile Snapshot<S> snapshot = new Snapshot<>(List.of(), Map.of());

    /**
     * Who is there and who is not.
     *
     * @param there the one that stands first is asked first
     * @param departed the last one of its name to leave, until another comes
     */
    private record Snapshot<S>(List<One<S>> there, Map<String, One<S>> departed) {
        boolean isReturning(String name) {
            var left = departed.get(name);
            return left != null && !left.isUninstalled().getAsBoolean();
        }

        boolean isAnyReturning(Predicate<One<S>> such) {
            return departed.values().stream()
                    .anyMatch(one -> !one.isUninstalled().getAsBoolean() && such.test(one));
        }
    }

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
        var there = new ArrayList<>(snapshot.there());
        there.add(arriving);
        there.sort(Comparator.<One<S>>comparingInt(one -> -one.ranking()).thenComparing(One::name));
        var departed = new HashMap<>(snapshot.departed());
        departed.remove(arriving.name());
        snapshot = new Snapshot<>(List.copyOf(there), Map.copyOf(departed));
    }

    /** It is not among them any longer; returns it, if it was. */
    synchronized Optional<One<S>> remove(S leaving) {
        var found = Optional.<One<S>>empty();
        var left = new ArrayList<One<S>>();
        var departed = new HashMap<>(snapshot.departed());
        for (var one : snapshot.there()) {
            if (one.service() == leaving) {
                departed.put(one.name(), one);
                found = Optional.of(one);
            } else {
                left.add(one);
            }
        }
        left.forEach(one -> departed.remove(one.name()));
        snapshot = new Snapshot<>(List.copyOf(left), Map.copyOf(departed));
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
        return snapshot.there();
    }

    /** All of them, if none that was there is missing at the moment. */
    Optional<List<One<S>>> complete() {
        var now = snapshot;
        return now.isAnyReturning(one -> true) ? Optional.empty() : Optional.of(now.there());
    }

    Set<String> names() {
        return names(snapshot.there());
    }

    /** Their names. */
    static <S> Set<String> names(List<One<S>> some) {
        var names = new HashSet<String>();
        some.forEach(one -> names.add(one.name()));
        return names;
    }

    /** Whether one of this name is there, or was there and is not gone for good. */
    boolean isKnown(String name) {
        var now = snapshot;
        return names(now.there()).contains(name) || now.isReturning(name);
    }

    /** Whether there is any, now or in a moment. */
    boolean isAnyKnown() {
        var now = snapshot;
        return !now.there().isEmpty() || now.isAnyReturning(one -> true);
    }

    /** Whether any of such that was there is missing at the moment. */
    boolean isAnyReturning(Predicate<One<S>> such) {
        return snapshot.isAnyReturning(such);
    }
}
