package io.patchbay.router;

import io.patchbay.api.failure.Failure;
import io.patchbay.api.routing.Candidate;
import io.patchbay.api.routing.RoutingStrategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * The strategies that are installed. One whose bundle is being updated is not missing: what comes meanwhile is routed as
 * the endpoints come, for that moment. For any thread.
 */
final class Strategies {
    private static final RoutingStrategy AS_THEY_COME = (endpoints, context) -> endpoints.stream()
            .map(endpoint -> new Candidate(endpoint, 0, "no strategy is installed"))
            .toList();

    /** The one that came last is used, of those with the same name. */
    private volatile List<Installed> installed = List.of();

    private final Map<String, BooleanSupplier> departed = new ConcurrentHashMap<>();

    private record Installed(String name, CheckedStrategy strategy, BooleanSupplier isUninstalled) {}

    /**
     * A strategy comes.
     *
     * @param isUninstalled whether its bundle is gone for good
     */
    synchronized void add(String name, RoutingStrategy strategy, BooleanSupplier isUninstalled) {
        var all = new ArrayList<>(installed);
        all.add(0, new Installed(name, new CheckedStrategy(name, strategy), isUninstalled));
        installed = List.copyOf(all);
        departed.remove(name);
    }

    synchronized void remove(RoutingStrategy strategy) {
        var all = new ArrayList<>(installed);
        for (var one : installed) {
            if (one.strategy().isOf(strategy)) {
                all.remove(one);
                departed.put(one.name(), one.isUninstalled());
            }
        }
        installed = List.copyOf(all);
    }

    /** Their names, sorted. */
    List<String> names() {
        return installed.stream().map(Installed::name).distinct().sorted().toList();
    }

    /** The one of this name; if there is none, one that leaves the endpoints as they come. */
    RoutingStrategy byDefault(String name) {
        for (var one : installed) {
            if (one.name().equals(name)) {
                return one.strategy();
            }
        }
        return AS_THEY_COME;
    }

    /**
     * The one of this name, which a client asks for.
     *
     * @throws io.patchbay.api.failure.FailureException INVALID_REQUEST if there is none and none is coming back
     */
    RoutingStrategy asked(String name) {
        var strategy = byDefault(name);
        if (strategy != AS_THEY_COME || isComingBack(name)) {
            return strategy;
        }
        throw Failure.invalid(
                        "provider.sort",
                        "There is no routing strategy '" + name + "'. Installed: " + String.join(", ", names()) + '.')
                .toException();
    }

    private boolean isComingBack(String name) {
        var left = departed.get(name);
        return left != null && !left.getAsBoolean();
    }
}
