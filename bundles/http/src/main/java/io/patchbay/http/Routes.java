package io.patchbay.http;

import io.patchbay.api.http.HttpEndpoint;
import io.patchbay.api.swap.Parking;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings exchanges to the endpoints that claim their routes, while endpoints come and go.
 *
 * <p><b>Hot swap.</b> Exchanges read a copy-on-write table and take a lease on the endpoint. When an endpoint leaves,
 * the framework calls {@link #remove} before it deactivates it: its routes are emptied first, so that newcomers are
 * parked, then its leases are waited for. The next endpoint that claims the route gets the parked ones. Routes that
 * nobody claims again in time vanish.
 */
final class Routes {
    private static final Logger log = LoggerFactory.getLogger(Routes.class);

    private final ScheduledExecutorService scheduler;
    /** Guarded by this. */
    private final List<BoundEndpoint> bound = new ArrayList<>();
    /** Until when to remember the routes that nobody answers; guarded by this. */
    private final Map<Route, Long> departed = new HashMap<>();

    private volatile Settings.Swap settings;
    private volatile Parking parking;
    private volatile RouteTable table;

    Routes(Settings.Swap settings, ScheduledExecutorService scheduler) {
        this.scheduler = scheduler;
        this.settings = settings;
        this.parking = new Parking(settings.parkLimit(), settings.parkTime(), scheduler);
        this.table = new RouteTable(List.of(), List.of());
    }

    void configure(Settings.Swap changed) {
        settings = changed;
        // Those who wait in the old car park look for themselves, until they go on or their time is over.
        parking = new Parking(changed.parkLimit(), changed.parkTime(), scheduler);
    }

    /** Binds an endpoint; its routes are answered from now on. */
    void add(BoundEndpoint endpoint) {
        synchronized (this) {
            bound.add(endpoint);
            departed.keySet().removeAll(Set.copyOf(endpoint.routes()));
            publish();
        }
        log.info("{} answers {}", endpoint, endpoint.routes());
        parking.wake();
    }

    /** Unbinds an endpoint, and waits until its exchanges have ended or the drain time is over. */
    void remove(HttpEndpoint service) {
        find(service).ifPresent(endpoint -> {
            var swap = settings;
            hide(endpoint, swap.parkTime().plus(swap.drainTime()));
            if (endpoint.drain(swap.drainTime())) {
                log.info("{} has left", endpoint);
            } else {
                log.warn(
                        "{} leaves with answers under way after {} ms; they go on by themselves",
                        endpoint,
                        swap.drainTime().toMillis());
            }
            remember(endpoint, swap.parkTime());
        });
    }

    private synchronized Optional<BoundEndpoint> find(HttpEndpoint service) {
        return bound.stream().filter(endpoint -> endpoint.isFor(service)).findFirst();
    }

    private synchronized void hide(BoundEndpoint endpoint, Duration time) {
        bound.remove(endpoint);
        long until = System.nanoTime() + time.toNanos();
        for (var route : endpoint.routes()) {
            if (bound.stream().noneMatch(other -> other.routes().contains(route))) {
                departed.put(route, until);
            }
        }
        publish();
    }

    /** The park time runs from the departure, which is after the drain. */
    private synchronized void remember(BoundEndpoint endpoint, Duration time) {
        long until = System.nanoTime() + time.toNanos();
        endpoint.routes().forEach(route -> departed.computeIfPresent(route, (same, before) -> until));
        var unused = scheduler.schedule(this::forget, time.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void publish() {
        table = new RouteTable(bound, departed.keySet());
    }

    /** Whether there is such a route, even if its endpoint is being replaced. */
    boolean knows(String method, String path) {
        return table.find(method, path) != null;
    }

    /** Whether an endpoint answers that route now. */
    boolean answers(String method, String path) {
        var found = table.find(method, path);
        return found != null && !found.isEmpty();
    }

    /** The methods a path takes; empty if there is no such path. */
    Set<String> methods(String path) {
        return table.methods(path);
    }

    /** Hands an exchange, whose request is whole, to its endpoint; parks it if that one is being replaced. */
    void dispatch(Exchange exchange) {
        var endpoint = lease(exchange);
        if (endpoint.isPresent()) {
            endpoint.get().handle(exchange);
            return;
        }
        if (!knows(exchange.method(), exchange.path())) {
            exchange.refuse(Refusal.NOT_FOUND);
            return;
        }
        parking.park(
                () -> exchange.isOver()
                        ? Optional.of(() -> {})
                        : lease(exchange).map(found -> () -> found.handle(exchange)),
                () -> !knows(exchange.method(), exchange.path()),
                () -> exchange.refuse(Refusal.BEING_REPLACED));
    }

    /** Finds an endpoint that is not about to leave, and keeps it from leaving until it has handled the exchange. */
    private Optional<BoundEndpoint> lease(Exchange exchange) {
        while (true) {
            var found = table.find(exchange.method(), exchange.path());
            if (found == null || found.isEmpty()) {
                return Optional.empty();
            }
            for (var endpoint : found) {
                if (endpoint.lease(exchange)) {
                    return Optional.of(endpoint);
                }
            }
            // An endpoint is hidden before it stops giving leases: there is a newer table by now.
        }
    }

    private synchronized void forget() {
        long now = System.nanoTime();
        if (departed.values().removeIf(until -> now - until >= 0)) {
            publish();
        }
    }
}
