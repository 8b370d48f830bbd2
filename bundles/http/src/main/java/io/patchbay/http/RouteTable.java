package io.patchbay.http;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Who answers which route. Immutable. A route whose endpoint has left a moment ago is known, but nobody answers it. */
final class RouteTable {
    private final Map<String, Methods> exact = new HashMap<>();
    /** The longest path first. */
    private final List<Below> below = new ArrayList<>();

    private record Below(String path, Methods methods) {}

    /** Who answers which method, the preferred one first. */
    private record Methods(Map<String, List<BoundEndpoint>> byName) {
        @Nullable
        List<BoundEndpoint> get(String method) {
            var found = byName.get(method);
            return found == null && method.equals("HEAD") ? byName.get("GET") : found;
        }
    }

    RouteTable(Collection<BoundEndpoint> bound, Collection<Route> departed) {
        departed.forEach(route -> endpoints(route));
        bound.stream()
                .sorted(BoundEndpoint.PREFERRED_FIRST)
                .forEach(endpoint ->
                        endpoint.routes().forEach(route -> endpoints(route).add(endpoint)));
        below.sort(Comparator.comparingInt((Below entry) -> -entry.path().length()));
    }

    private List<BoundEndpoint> endpoints(Route route) {
        return methods(route).byName().computeIfAbsent(route.method(), method -> new ArrayList<>());
    }

    private Methods methods(Route route) {
        if (!route.below()) {
            return exact.computeIfAbsent(route.path(), path -> new Methods(new HashMap<>()));
        }
        for (var entry : below) {
            if (entry.path().equals(route.path())) {
                return entry.methods();
            }
        }
        var methods = new Methods(new HashMap<>());
        below.add(new Below(route.path(), methods));
        return methods;
    }

    /** Who answers, the preferred one first; empty if they are being replaced; null if there is no such route. */
    @Nullable
    List<BoundEndpoint> find(String method, String path) {
        var methods = exact.get(path);
        var found = methods == null ? null : methods.get(method);
        if (found != null) {
            return found;
        }
        for (var entry : below) {
            if (path.startsWith(entry.path())) {
                found = entry.methods().get(method);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    /** The methods a path takes; empty if there is no such path. */
    Set<String> methods(String path) {
        var all = new TreeSet<String>();
        var methods = exact.get(path);
        if (methods != null) {
            all.addAll(methods.byName().keySet());
        }
        for (var entry : below) {
            if (path.startsWith(entry.path())) {
                all.addAll(entry.methods().byName().keySet());
            }
        }
        if (all.contains("GET")) {
            all.add("HEAD");
        }
        if (!all.isEmpty()) {
            all.add("OPTIONS");
        }
        return all;
    }
}
